// Deliveries by the million, by the goals: each section is a file of its own.
import { progress, skipped } from '../measure.mjs';
import { has } from './receiver.mjs';

const sections = {
  speed: async () => import('./speed.mjs'),
  memory: async () => import('./memory.mjs'),
};

export const run = async ({ quick, only }) => {
  if (!has('gcc')) {
    skipped('load', 'gcc is missing: apt-get install gcc');
    return;
  }
  for (const [name, load] of Object.entries(sections)) {
    if (only !== undefined && only !== name) continue;
    const { section } = await load();
    await section({ quick });
    progress('');
  }
};
