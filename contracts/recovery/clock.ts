import type { TruoraEvent } from '../../simulator/index.js';
import { policies } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce } from '../runner/judge.js';
import type { Family } from '../runner/family.js';
import { recoveryCase } from './recovery-case.js';
import { say } from '../../language/say.js';

const retention: Family = {
  name: 'short-memory',
  why: 'The last retry comes 170.5 minutes after the first attempt. Keys that live shorter let it through, and the event is applied again.',
  fix: 'Keep keys in a table, for at least the 170.5 minutes of the retry schedule, better for 60 days.',
};

const skew: Family = {
  name: 'clock-skew',
  why: 'Clocks differ by seconds and, after an outage, by minutes: a receiver without leeway refuses every genuine delivery until somebody notices.',
  fix: 'Allow some minutes of leeway for iat, or do not check it: deliveries carry no expiry.',
};

const SOURCE = 'Truora hooks page, retry table';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Milliseconds after the first attempt at which the retries come. */
const retryTimesMs = policies.documented.delaysMs.reduce<readonly number[]>(
  (times, delayMs) => [...times, (times.at(-1) ?? 0) + delayMs],
  [],
);

/** Moves the receiver's clock for a while and gives it the real time back. */
const withClock = async <Result>(
  context: CaseContext,
  task: (setAfterMs: (afterMs: number) => Promise<void>) => Promise<Result>,
): Promise<Result> => {
  const startMs = context.nowMs();
  try {
    return await task(async (afterMs) => {
      await context.controls.clock?.(startMs + afterMs);
    });
  } finally {
    await context.controls.clock?.(undefined);
  }
};

/** Sends copies at times of the receiver's clock; `signedAgain` gives each its own iat. */
const copiesAt = async (
  context: CaseContext,
  event: TruoraEvent,
  timesMs: readonly number[],
  signedAgain: boolean,
): Promise<readonly Attempt[]> =>
  withClock(context, async (setAfterMs) => {
    const token = context.token([event]);
    const attempts = [...(await context.deliver([event], { label: 'first', body: () => token }))];
    await context.untilSeen(event);
    for (const timeMs of timesMs) {
      await setAfterMs(timeMs);
      const body = signedAgain
        ? context.token([event], { ageSeconds: 2 - Math.floor(timeMs / 1000) })
        : token;
      const label = `copy after ${Math.round(timeMs / 6000) / 10} min`;
      attempts.push(await context.send('genuine', [event], body, { label }));
    }
    return attempts;
  });

const lateCopies = (
  slug: string,
  catalogue: string,
  title: string,
  more: {
    readonly timesMs: readonly number[];
    readonly signedAgain: boolean;
    readonly level?: 'may';
  },
): ContractCase =>
  recoveryCase(retention, {
    slug,
    catalogue,
    title,
    rule: 'Keys outlive the retry schedule.',
    source: SOURCE,
    severity: more.level === 'may' ? 'info' : 'critical',
    level: more.level ?? 'must',
    needs: ['effects', 'clock'],
    run: async (context) => {
      const event = context.event();
      const attempts = await copiesAt(context, event, more.timesMs, more.signedAgain);
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => {
          const judgement = allOf(acknowledgesAll(attempts), appliesOnce([event], seen));
          const life = lifeOfKeys(more.timesMs, seen.count(event) ?? 0);
          return life === undefined
            ? judgement
            : { ...judgement, actual: `${judgement.actual}; ${life}` };
        },
      };
    },
  });

/** How long keys live, from how many of the copies were applied again: the latest ones are. */
const lifeOfKeys = (timesMs: readonly number[], effects: number): string | undefined => {
  const again = effects - 1;
  if (again < 1 || again > timesMs.length) return undefined;
  const minutes = (timeMs: number): string => `${Math.round(timeMs / 6000) / 10} min`;
  const forgotten = timesMs.length - again;
  const least = timesMs[forgotten - 1];
  const most = minutes(timesMs[forgotten] ?? 0);
  return least === undefined
    ? say`its keys live less than ${most}`
    : say`its keys live between ${minutes(least)} and ${most}`;
};

/** What the receiver's own clock decides. */
export const clockCases: readonly ContractCase[] = [
  lateCopies('copies-on-schedule', 'D19', 'remembers an event for the whole retry schedule', {
    timesMs: retryTimesMs,
    signedAgain: false,
  }),
  lateCopies(
    'copies-on-schedule-signed-again',
    'D20',
    'remembers an event for the whole schedule when each retry is signed anew',
    { timesMs: retryTimesMs, signedAgain: true },
  ),
  lateCopies('copy-after-a-day', 'D21', 'remembers an event for more than a day', {
    timesMs: [DAY_MS + 1000],
    signedAgain: true,
    level: 'may',
  }),
  recoveryCase(skew, {
    slug: 'clock-ten-minutes-off',
    catalogue: 'D71',
    title: 'takes deliveries when its clock is ten minutes off',
    rule: 'A clock that is off is no reason to refuse what is signed.',
    source: 'RFC 7519 §4.1.6 does not ask for iat to be refused',
    severity: 'medium',
    level: 'should',
    needs: ['clock'],
    run: async (context) => {
      const events = [context.event(), context.event()];
      const attempts = await withClock(context, async (setAfterMs) => {
        const sent: Attempt[] = [];
        for (const [index, minutes] of [-10, 10].entries()) {
          const event = events[index];
          if (event === undefined) continue;
          await setAfterMs(minutes * MINUTE_MS);
          const label = `clock ${minutes > 0 ? '+' : ''}${minutes} min`;
          sent.push(...(await context.deliver([event], { label })).slice(-1));
        }
        return sent;
      });
      return {
        attempts,
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: () => acknowledgesAll(attempts),
      };
    },
  }),
  recoveryCase(retention, {
    slug: 'clock-jumps-back',
    catalogue: 'D72',
    title: 'knows a copy although its clock jumped back',
    rule: 'A key that is there is there, whatever the clock says.',
    source: 'time to live computed from a wall clock',
    severity: 'low',
    level: 'should',
    needs: ['effects', 'clock'],
    run: async (context) => {
      const event = context.event();
      const attempts = await withClock(context, async (setAfterMs) => {
        await setAfterMs(0);
        const first = await context.deliver([event], { label: 'first' });
        await context.untilSeen(event);
        await setAfterMs(-60 * MINUTE_MS);
        const body = context.token([event], { ageSeconds: 3600 });
        return [
          ...first.slice(-1),
          await context.send('genuine', [event], body, { label: 'copy, an hour before' }),
        ];
      });
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => appliesOnce([event], seen),
      };
    },
  }),
];
