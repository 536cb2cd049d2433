import type { TruoraEvent } from '../../simulator/index.js';
import type {
  Attempt,
  CaseContext,
  ContractCase,
  Judgement,
  Observations,
  Seen,
  SinkControl,
} from '../runner/case.js';
import { acknowledgesAll, allOf, isAcknowledged } from '../runner/judge.js';
import type { Family } from '../runner/family.js';
import {
  ARRIVAL_MS,
  attemptOnce,
  deliverLast,
  inconclusive,
  judgeRestart,
  notLost,
  recoveryCase,
  restart,
  restartWhileHeld,
  showed,
  survived,
} from './recovery-case.js';
import { say } from '../../language/say.js';

const forgotten: Family = {
  name: 'lost-at-restart',
  why: 'A deploy or a crash empties what is only in memory: events that were acknowledged are gone, or their copies are applied again.',
  fix: 'Keep keys and effects in one durable store and acknowledge only what is in it.',
};

const stuck: Family = {
  name: 'claim-outlives-crash',
  why: 'A process that dies between its claim and its work leaves the claim behind: every retry finds the key taken, and the event is never applied.',
  fix: 'Write key and effect in one transaction, or give a claim a short lease.',
};

const RULE = 'A crash at any moment loses nothing and repeats nothing.';
const SOURCE = 'Truora hooks page: what is not acknowledged is retried';
const IN_FLIGHT = 10;

/** How long a receiver is left alone so that nothing is under way in it. */
const AT_REST_MS = 1000;

type Held = ReturnType<SinkControl['hold']> | undefined;

/**
 * Delivers events, kills the receiver once the effect of the last one has arrived at the sink, and
 * delivers them again. `judge` is asked only if it did arrive.
 */
const killAtSink = async (
  context: CaseContext,
  { label, events }: { readonly label: string; readonly events: readonly TruoraEvent[] },
  kill: (held: Held) => Promise<boolean>,
  judge: (restarted: Parameters<typeof judgeRestart>[0], seen: Seen) => Judgement,
): Promise<Observations> => {
  const held = context.sink?.hold(events.at(-1) as TruoraEvent);
  const sending = attemptOnce(context, events, { label });
  const arrived = (await held?.arrived(ARRIVAL_MS)) ?? false;
  const up = await kill(held);
  const first = await sending;
  const last = up ? await deliverLast(context, events, 'retry') : [];
  return {
    attempts: [first, ...last],
    watched: events.map((event) => ({ event, expected: 1 })),
    judge: (seen) =>
      arrived
        ? judge({ up, last }, seen)
        : inconclusive(say`an effect at the sink`, say`none arrived`),
  };
};

/** The receiver dies and comes back, at different moments of a delivery. */
export const restartCases: readonly ContractCase[] = [
  recoveryCase(forgotten, {
    slug: 'copy-after-restart',
    catalogue: 'D17',
    title: 'remembers an event across a restart',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    needs: ['effects', 'restart'],
    run: async (context) => {
      const event = context.event();
      const first = await deliverLast(context, [event], 'first');
      await context.untilSeen(event);
      // A key that is written after its effect is there by now: what is lost was in memory alone.
      await context.wait(AT_REST_MS);
      const up = await restart(context);
      const between = up ? await context.count(event) : undefined;
      const copy = up ? await deliverLast(context, [event], 'copy, after the restart') : [];
      const attempts = [...first, ...copy];
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) =>
          up
            ? allOf(
                showed([between], say`one effect still there after the restart`),
                judgeRestart({ up, last: attempts }, [event])(seen),
              )
            : judgeRestart({ up, last: attempts }, [event])(seen),
      };
    },
  }),
  recoveryCase(forgotten, {
    slug: 'killed-once-effect-shows',
    catalogue: 'D15',
    title: 'applies an event once when it is killed as soon as its effect shows',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    needs: ['effects', 'restart'],
    run: async (context) => {
      const event = context.event();
      const sending = attemptOnce(context, [event], { label: 'first, its answer may be lost' });
      // The sink shows an effect before it is committed.
      if (context.sink === undefined) await context.untilSeen(event);
      else await sending;
      const up = await restart(context);
      const first = await sending;
      const last = up ? await deliverLast(context, [event], 'retry') : [];
      return {
        attempts: [first, ...last],
        watched: [{ event, expected: 1 }],
        judge: judgeRestart({ up, last }, [event]),
      };
    },
  }),
  recoveryCase(stuck, {
    slug: 'killed-during-effect',
    catalogue: 'D14',
    title: 'applies an event on its retry when it was killed during the work',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    needs: ['effects', 'sink', 'restart'],
    run: async (context) => {
      const events = [context.event()];
      return killAtSink(
        context,
        { label: 'killed during its effect', events },
        async (held) => restartWhileHeld(context, held),
        (restarted, seen) => judgeRestart(restarted, events)(seen),
      );
    },
  }),
  recoveryCase(stuck, {
    slug: 'killed-after-outside-effect',
    catalogue: 'D16',
    title: 'repeats no outside effect when it is killed right after it',
    rule: 'Between an effect outside and its mark lies a gap that only the other side can close.',
    source: 'exactly-once delivery across two systems',
    severity: 'info',
    level: 'may',
    needs: ['effects', 'sink', 'restart'],
    why: 'A process that dies between the outside effect and its own commit does the effect again on the retry.',
    fix: 'Send the event’s key along, so that the other side can tell a repetition.',
    run: async (context) => {
      const events = [context.event()];
      return killAtSink(
        context,
        { label: 'killed after its effect', events },
        async (held) => {
          held?.release('taken');
          return restart(context);
        },
        (restarted, seen) => judgeRestart(restarted, events)(seen),
      );
    },
  }),
  recoveryCase(forgotten, {
    slug: 'killed-after-acknowledgement',
    catalogue: 'D50',
    title: 'applies an acknowledged event although it is killed at once',
    rule: 'A 2xx says that the event is safe: nobody sends it again.',
    source: 'Truora hooks page: what is acknowledged is not retried; also row D62',
    severity: 'critical',
    needs: ['effects', 'restart'],
    run: async (context) => {
      const events = [context.event(), context.event(), context.event()];
      const attempts: Attempt[] = [];
      let up = true;
      for (const event of events) {
        const attempt = await attemptOnce(context, [event], { label: 'acknowledged, then killed' });
        attempts.push(attempt);
        if (!(await restart(context))) up = false;
        if (!isAcknowledged(attempt)) {
          attempts.push(...(await deliverLast(context, [event], 'retry')));
        }
        if (!up) break;
      }
      return {
        attempts,
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) =>
          up ? survived(context, events, seen) : judgeRestart({ up, last: [] }, events)(seen),
      };
    },
  }),
  recoveryCase(stuck, {
    slug: 'killed-within-a-batch',
    catalogue: 'D51',
    title: 'finishes a batch on its retry when it was killed half-way',
    rule: RULE,
    source: SOURCE,
    severity: 'high',
    needs: ['effects', 'sink', 'restart'],
    run: async (context) => {
      const [a, b] = [context.event(), context.event()];
      return killAtSink(
        context,
        { label: 'A and B, killed before B', events: [a, b] },
        async (held) => {
          // No probe meanwhile: a receiver of one thread answers nobody while it waits for the sink.
          for (let waits = 0; waits < 20 && context.sink?.taken(a) === 0; waits++) {
            await context.wait(50);
          }
          return restartWhileHeld(context, held);
        },
        // A batch in one transaction calls outside again for A.
        (restarted, seen) => allOf(judgeRestart(restarted, [b])(seen), notLost([a], seen)),
      );
    },
  }),
  recoveryCase(forgotten, {
    slug: 'restarted-under-way',
    catalogue: 'D63',
    title: 'loses nothing when it is restarted with deliveries under way',
    rule: RULE,
    source: SOURCE,
    severity: 'medium',
    needs: ['effects', 'restart'],
    run: async (context) => {
      const events = Array.from({ length: IN_FLIGHT }, () => context.event());
      const sending = events.map(async (event) =>
        attemptOnce(context, [event], { label: 'under way' }),
      );
      // From the first answer on there are some acknowledged, some at work and some on their way.
      await Promise.race(sending);
      const up = await restart(context);
      const first = await Promise.all(sending);
      const lost = first.filter((attempt) => !isAcknowledged(attempt));
      const retries: Attempt[] = [];
      for (const attempt of up ? lost : []) {
        retries.push(...(await deliverLast(context, attempt.events, 'retry')));
      }
      return {
        attempts: [...first, ...retries],
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) =>
          up
            ? allOf(
                ...(retries.length === 0 ? [] : [acknowledgesAll(retries)]),
                survived(context, events, seen),
              )
            : judgeRestart({ up, last: [] }, events)(seen),
      };
    },
  }),
];
