import { arrange } from './arrange.js';
import { requireFuzzOptions, requirePlayOptions } from './option-checks.js';
import type { Target, VerifyOptions } from './options.js';
import type { Problem } from './runner/problems.js';
import { openSession } from './runner/session.js';
import { fuzz } from './schedule/fuzz.js';
import type { FuzzResult, FuzzSettings } from './schedule/fuzz.js';
import { kindsFor } from './schedule/kinds.js';
import { createPlayer } from './schedule/play.js';
import { requireSchedule } from './schedule/require-schedule.js';
import type { Violation } from './schedule/play.js';
import type { Schedule } from './schedule/schedule.js';
import { describeSchedule } from './schedule/sentence.js';

/** How a receiver is verified, and how schedules are searched. */
export interface FuzzOptions extends VerifyOptions, FuzzSettings {}

/**
 * Plays generated schedules of deliveries, copies, forgeries and faults against a receiver until one
 * breaks it, and shrinks that one.
 *
 * @example
 * ```ts
 * const { counterexample } = await fuzzReceiver(app.fetch, { key, probe: ({ id }) => store.count(id) });
 * expect(counterexample?.sentence).toBe(undefined);
 * ```
 *
 * @throws {HookproofError} `invalid_argument`, `target_refused`, `probe_failed`
 */
export const fuzzReceiver = async (target: Target, options: FuzzOptions): Promise<FuzzResult> => {
  requireFuzzOptions(options);
  options.signal?.throwIfAborted();
  const { run, close } = await arrange(target, options, []);
  try {
    return await fuzz(run, options);
  } finally {
    await close();
  }
};

/** Plays one schedule `times` times, with fresh events each; the violations that it showed. */
export const playSchedule = async (
  target: Target,
  schedule: Schedule,
  given: VerifyOptions & { readonly times?: number },
): Promise<{
  readonly violations: readonly (Violation & { readonly sentence: string })[];
  /** Why nothing could be judged. */
  readonly problem: Problem | null;
}> => {
  requirePlayOptions(given);
  const { times = 1, ...options } = given;
  const { run, close } = await arrange(target, options, []);
  try {
    requireSchedule(schedule, kindsFor(run));
    const session = openSession(run);
    const { problem } = await session.calibrate();
    if (problem !== undefined) return { violations: [], problem };
    const copies = Array.from({ length: times }, () => schedule);
    const found = await createPlayer(session).play(copies, 'patient');
    const violations = found.flatMap((one) =>
      one === undefined ? [] : [{ ...one, sentence: describeSchedule(schedule, one.outcome) }],
    );
    return { violations, problem: null };
  } finally {
    await close();
  }
};
