// The stand-in on PostgreSQL: what more workers bring, how late retries are, and pages of a full store.
import { skipped } from '../measure.mjs';
import { startPostgres } from './postgres.mjs';
import { section as late } from './late.mjs';
import { section as pages } from './pages.mjs';
import { section as scaling } from './scaling.mjs';

const sections = { scaling, late, pages };

export const run = async ({ only, quick }) => {
  for (const [name, section] of Object.entries(sections)) {
    if (only !== undefined && only !== name) continue;
    const postgres = await startPostgres();
    if (postgres === undefined) {
      skipped(name, 'no PostgreSQL (apt-get install postgresql)');
      continue;
    }
    try {
      await section({ postgres, quick });
    } finally {
      postgres.end();
    }
  }
};
