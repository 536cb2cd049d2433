/** What is written or drawn from the build is what the build would write today. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { root } from './pages.js';

test.each(['reference', 'pictures'])(
  'scripts/%s.mjs --check finds nothing stale',
  { timeout: 120_000 },
  (name) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [`${root}scripts/${name}.mjs`, '--check'],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  },
);
