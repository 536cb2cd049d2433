import type { TruoraEvent } from '../../simulator/index.js';
import { keysOf } from '../runner/events.js';
import { createLimit } from '../runner/limit.js';
import type { Session } from '../runner/session.js';
import { execute } from './execute.js';
import { invariants, provenAtOnce } from './invariants/index.js';
import { isDisruptive } from './schedule.js';
import type { Schedule } from './schedule.js';
import { livesOf } from './trace.js';
import type { Trace } from './trace.js';

/** A rule that a schedule broke. */
export interface Violation {
  readonly invariant: string;
  readonly rule: string;
  /** What came of it: `2 effects of A`. */
  readonly outcome: string;
}

export type Patience = 'at-once' | 'settled' | 'patient' | 'first';

/** Plays schedules against a receiver. */
export interface Player {
  /**
   * The violation of each schedule, or undefined. `at-once` looks only for effects that are too
   * many now; `settled` waits as long as effects take; `patient` gives missing ones the time that a
   * backlog needs; `first` is patient only as long as nothing was found at once. Several are played
   * at a time, unless `oneByOne` says so.
   */
  readonly play: (
    schedules: readonly Schedule[],
    patience: Patience,
    options?: { readonly oneByOne?: boolean },
  ) => Promise<readonly (Violation | undefined)[]>;
  readonly executions: () => number;
}

const AT_ONCE = 6;
/** Effects that are too many may come this much after the answer and still be seen at once. */
const AFTERMATH_MS = 15;

export const createPlayer = (session: Session): Player => {
  const { observer, contextOf, clock } = session;
  const limit = createLimit(AT_ONCE);
  let executions = 0;

  const count = async (trace: Trace): Promise<ReadonlyMap<string, number>> => {
    const events = [...trace.events.values(), ...trace.others];
    const counted = await Promise.all(
      events.map(async (event) => [keyOf(event), await observer.countNow(event)] as const),
    );
    return new Map(
      counted.flatMap(([key, effects]) => (effects === undefined ? [] : [[key, effects]])),
    );
  };
  const judge = (
    trace: Trace,
    counts: ReadonlyMap<string, number>,
    rules: typeof invariants,
  ): Violation | undefined => {
    const lives = livesOf(trace, (event) => counts.get(keyOf(event)));
    for (const { name, rule, broken } of rules) {
      const outcome = broken(lives, trace);
      if (outcome !== undefined) return { invariant: name, rule, outcome };
    }
    return undefined;
  };
  /** What was acknowledged and shows nothing yet gets the patience that a backlog needs. */
  const waitForMissing = async (trace: Trace): Promise<void> => {
    const counts = await count(trace);
    const missing = livesOf(trace, (event) => counts.get(keyOf(event))).filter(
      ({ acknowledged, effects, name }) =>
        acknowledged && effects === 0 && !trace.superseded.has(name),
    );
    const [first] = missing;
    if (first !== undefined) await observer.untilSeen(first.event);
  };
  const run = async (schedule: Schedule): Promise<Trace> => {
    executions++;
    return execute(schedule, contextOf(`schedule ${executions}`));
  };

  const play: Player['play'] = async (schedules, patience, { oneByOne = false } = {}) => {
    const traces = new Map<number, Trace>();
    const found = new Map<number, Violation>();
    const look = async (rules: typeof invariants): Promise<void> => {
      await Promise.all(
        [...traces].map(async ([index, trace]) => {
          const violation = found.get(index) ?? judge(trace, await count(trace), rules);
          if (violation !== undefined) found.set(index, violation);
        }),
      );
    };
    const part = (isPart: (schedule: Schedule) => boolean): readonly number[] =>
      schedules.flatMap((schedule, index) => (isPart(schedule) ? [index] : []));
    const isAlone = (schedule: Schedule): boolean => oneByOne || isDisruptive(schedule);
    const judgeAll = async (): Promise<void> => {
      if (traces.size === 0) return;
      await clock.wait(AFTERMATH_MS);
      await look(provenAtOnce);
      if (patience === 'at-once' || (patience === 'first' && found.size > 0)) return;
      await clock.wait(observer.settleMs());
      if (patience !== 'settled') await Promise.all([...traces.values()].map(waitForMissing));
      await look(invariants);
    };
    const runAt = async (index: number): Promise<void> => {
      const schedule = schedules[index];
      if (schedule !== undefined) traces.set(index, await run(schedule));
    };

    await Promise.all(
      part((schedule) => !isAlone(schedule)).map(async (index) => limit(async () => runAt(index))),
    );
    // Judged before another schedule takes the receiver away under work that is still going on.
    await judgeAll();
    const alone = part(isAlone);
    if (alone.length > 0) {
      traces.clear();
      for (const index of alone) await runAt(index);
      await judgeAll();
    }
    return schedules.map((_schedule, index) => found.get(index));
  };
  return { play, executions: () => executions };
};

const keyOf = (event: TruoraEvent): string => keysOf(event)[0] ?? '';
