import { HookproofError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { Probe } from './probe.js';
import { say } from '../../language/say.js';

/** As long as a command may take. */
const PATIENCE_MS = 30_000;

/** Counts an event's effects in this process: a query on the test's own database, say. */
export type CountFunction = (event: TruoraEvent) => number | Promise<number>;

export const createFunctionProbe = (
  count: CountFunction,
  { patienceMs = PATIENCE_MS }: { readonly patienceMs?: number } = {},
): Probe => ({
  name: 'count',
  ask: async ({ event }) => {
    const effects = await ask(count, event, patienceMs);
    return { effects, text: String(effects) };
  },
});

const ask = async (
  count: CountFunction,
  event: TruoraEvent,
  patienceMs: number,
): Promise<number> => {
  let answer: unknown;
  try {
    answer = await within(patienceMs, async () => count(event));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw broken(say`the probe's function threw: ${what}`);
  }
  if (answer === LATE) {
    throw new HookproofError(
      'probe_failed',
      say`the probe's function gave no answer within ${patienceMs / 1000} s`,
      say`see what it waits for: a query on a connection that is in use, say`,
    );
  }
  if (typeof answer === 'number' && Number.isSafeInteger(answer) && answer >= 0) return answer;
  throw broken(
    say`the probe's function returned ${describe(answer)}, expected a number of effects`,
  );
};

const LATE = Symbol('late');

const within = async (ms: number, work: () => Promise<unknown>): Promise<unknown> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), ms);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
};

const describe = (answer: unknown): string =>
  typeof answer === 'number' || answer === null ? String(answer) : typeof answer;

const broken = (what: string): HookproofError =>
  new HookproofError('probe_failed', what, say`return how many effects the event had: 0, 1, 2 …`);
