import type { TruoraEvent } from '../simulator/index.js';
import { arrange } from './arrange.js';
import {
  eventsFor,
  eventsOf,
  isToken,
  requireBody,
  requireDeliverable,
  requireTimes,
} from './deliverable.js';
import type { Deliverable, TokenOf } from './deliverable.js';
import { requireVerifyOptions } from './option-checks.js';
import type { Target, VerifyOptions } from './options.js';
import type { Attempt, CaseContext, Judgement, Seen } from './runner/case.js';
import { keysOf } from './runner/events.js';
import { refusesAll, takesEach } from './runner/judge.js';
import { openSession } from './runner/session.js';
import type { Session } from './runner/session.js';
import { sweep } from './runner/sweep.js';
import { watchAbsent, watchApplied } from './runner/watch.js';
import { kindsFor } from './schedule/kinds.js';
import { createPlayer } from './schedule/play.js';
import type { Player } from './schedule/play.js';
import type { CommandKind, Schedule } from './schedule/schedule.js';
import { requireSchedule } from './schedule/require-schedule.js';
import { describeSchedule } from './schedule/sentence.js';

/** What a receiver was found to do. */
export interface Answer {
  /** Undefined where the question could not be decided, as without a probe. */
  readonly holds: boolean | undefined;
  readonly expected: string;
  readonly actual: string;
}

/** A receiver that single questions can be put to. */
export interface Receiver {
  /**
   * Whether a genuine delivery is acknowledged and has its effect: of a pair, `checks.finished`, of
   * an event or several of yours, or of any event that the receiver handles.
   */
  readonly accepts: (delivery?: Deliverable) => Promise<Answer>;
  /** Whether a body is refused, and what it carries has no effect. */
  readonly rejects: (body: string | TokenOf) => Promise<Answer>;
  /** Whether an event has one effect though it comes several times, also at the same moment. */
  readonly processesOnce: (pair?: string) => Promise<Answer>;
  /** Whether a schedule leaves all events done once, `times` times (default 3). */
  readonly converges: (
    schedule: Schedule,
    options?: { readonly times?: number },
  ) => Promise<Answer>;
  /** Stops listening for what the receiver sends. */
  readonly close: () => Promise<void>;
}

/**
 * Makes a receiver ready for questions. Nothing is sent before the first of them.
 *
 * @example
 * ```ts
 * const receiver = openReceiver(app.fetch, { key, probe: ({ id }) => store.count(id) });
 * const { holds } = await receiver.processesOnce('checks.finished');
 * ```
 */
export const openReceiver = (target: Target, options: VerifyOptions): Receiver => {
  requireVerifyOptions(options);
  let opened: Promise<Open> | undefined;
  let asked = 0;
  const ready = async (): Promise<Open> => (opened ??= open(target, options));
  const ask = async (
    send: (context: CaseContext) => Promise<readonly Attempt[]>,
    {
      watch,
      judge,
    }: {
      readonly watch: typeof watchApplied;
      readonly judge: (attempts: readonly Attempt[], seen: Seen) => Judgement;
    },
  ): Promise<Answer> => {
    const { session } = await ready();
    const context = session.contextOf(`question ${asked++}`);
    const attempts = await send(context);
    const counts = await sweep({
      context,
      observer: session.observer,
      watched: watch(attempts),
    });
    const count = (event: TruoraEvent): number | undefined => counts.get(keysOf(event)[0] ?? '');
    return answerOf(judge(attempts, { facts: session.facts(), count }));
  };
  const play = async (schedules: readonly Schedule[]): Promise<Answer> => {
    const { session, player, kinds } = await ready();
    for (const schedule of schedules) requireSchedule(schedule, kinds);
    const expected = 'each event is done once';
    if (!session.facts().effects) {
      return { holds: undefined, expected, actual: 'effects cannot be seen: give a probe' };
    }
    const violations = await player.play(schedules, 'patient');
    const [broken] = violations.flatMap((violation, index) => {
      const schedule = schedules[index];
      return violation === undefined || schedule === undefined ? [] : [{ violation, schedule }];
    });
    if (broken === undefined) return { holds: true, expected, actual: expected };
    const { violation, schedule } = broken;
    const sentence = describeSchedule(schedule, violation.outcome);
    return { holds: false, expected: violation.rule, actual: sentence };
  };
  return {
    accepts: async (delivery) => {
      requireDeliverable(delivery);
      return ask(
        async (context) => {
          if (isToken(delivery)) {
            const { token } = delivery;
            return [
              await context.send('genuine', eventsOf(delivery), token, { label: 'delivery' }),
            ];
          }
          const attempts = await context.deliver(eventsFor(context, delivery), {
            label: 'delivery',
          });
          return attempts.slice(-1);
        },
        { watch: watchApplied, judge: takesEach },
      );
    },
    rejects: async (body) => {
      requireBody(body);
      const { token, ...about } = typeof body === 'string' ? { token: body } : body;
      return ask(
        async (context) => [
          await context.send('hostile', eventsOf({ token, ...about }), token, { label: 'body' }),
        ],
        { watch: watchAbsent, judge: (attempts, seen) => refusesAll(attempts, seen) },
      );
    },
    processesOnce: async (pair) => play(timesOver(pair)),
    converges: async (schedule, { times = 3 } = {}) => {
      requireTimes(times);
      return play(Array.from({ length: times }, () => schedule));
    },
    close: async () => (await opened?.catch(() => undefined))?.close(),
  };
};

interface Open {
  readonly session: Session;
  /** One for all questions: each of its schedules gets events of its own. */
  readonly player: Player;
  /** What a schedule can do to this receiver. */
  readonly kinds: readonly CommandKind[];
  readonly close: () => Promise<void>;
}

const open = async (target: Target, options: VerifyOptions): Promise<Open> => {
  const { run, close } = await arrange(target, options, []);
  const session = openSession(run);
  const { problem } = await session.calibrate();
  if (problem === undefined) {
    return { session, player: createPlayer(session), kinds: kindsFor(run), close };
  }
  await close();
  throw new Error(`${problem.message}; ${problem.remedy}`);
};

const answerOf = ({ verdict, expected, actual }: Judgement): Answer => ({
  holds: verdict === 'passed' ? true : verdict === 'failed' ? false : undefined,
  expected,
  actual,
});

/** One event in all the ways in which it may come again. */
const timesOver = (pair: string | undefined): readonly Schedule[] => {
  const events = { A: pair === undefined ? {} : { pair } };
  return [
    {
      events,
      commands: [
        { do: 'deliver', event: 'A' },
        { do: 'copy', event: 'A' },
        { do: 'resign', event: 'A' },
      ],
    },
    {
      events,
      commands: [
        { do: 'concurrent', events: ['A', 'A', 'A'] },
        { do: 'copy', event: 'A' },
      ],
    },
  ];
};
