import { defineConfig } from 'vitest/config';
import { resting } from './test/turns.js';

const MINUTE_MS = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'suite',
          include: ['test/**/*.test.ts'],
          exclude: ['test/matrix/**', ...resting()],
          testTimeout: MINUTE_MS,
          // A PostgreSQL of its own takes its time to be made on a busy machine.
          hookTimeout: MINUTE_MS,
          // Much of it waits for effects to settle and for other processes: a worker for each of CI's
          // two cores would leave them idle.
          maxWorkers: 3,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Runs every receiver in a process of its own: nothing else may compete with it.
        test: {
          name: 'matrix',
          include: ['test/matrix/**/*.test.ts'],
          testTimeout: 20 * MINUTE_MS,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
