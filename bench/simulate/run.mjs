// Virtual time beside what else can play it, by the goals: each section is a file of its own.
import { progress } from '../measure.mjs';

const sections = {
  speed: async () => import('./speed.mjs'),
  scaling: async () => import('./scaling.mjs'),
  memory: async () => import('./memory.mjs'),
  command: async () => import('./command.mjs'),
  ledger: async () => import('./ledger.mjs'),
  threads: async () => import('./threads.mjs'),
};

export const run = async ({ quick, only }) => {
  console.log(`Node ${process.version}; medians of interleaved rounds, ratios round by round`);
  for (const [name, load] of Object.entries(sections)) {
    if (only !== undefined && only !== name) continue;
    const { section } = await load();
    await section({ quick });
    progress('');
  }
};
