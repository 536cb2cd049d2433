import { HookproofError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { Probe } from './probe.js';
import { say } from '../../language/say.js';

/** Counts an event's effects in this process: a query on the test's own database, say. */
export type CountFunction = (event: TruoraEvent) => number | Promise<number>;

export const createFunctionProbe = (count: CountFunction): Probe => ({
  name: 'count',
  ask: async ({ event }) => {
    const effects = await ask(count, event);
    return { effects, text: String(effects) };
  },
});

const ask = async (count: CountFunction, event: TruoraEvent): Promise<number> => {
  let answer: unknown;
  try {
    answer = await count(event);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw broken(say`the probe's function threw: ${what}`);
  }
  if (typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0) return answer;
  throw broken(
    say`the probe's function returned ${describe(answer)}, expected a number of effects`,
  );
};

const describe = (answer: unknown): string =>
  typeof answer === 'number' || answer === null ? String(answer) : typeof answer;

const broken = (what: string): HookproofError =>
  new HookproofError('probe_failed', what, say`return how many effects the event had: 0, 1, 2 …`);
