import type { TruoraEvent } from '../../simulator/index.js';
import type { Probe } from './probe.js';

/** Counts an event's effects in this process: a query on the test's own database, say. */
export type CountFunction = (event: TruoraEvent) => number | Promise<number>;

export const createFunctionProbe = (count: CountFunction): Probe => ({
  name: 'count',
  ask: async ({ event }) => {
    const effects = await count(event);
    return { effects, text: String(effects) };
  },
});
