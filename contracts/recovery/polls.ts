import type { TruoraEvent } from '../../simulator/index.js';
import type {
  Attempt,
  CaseContext,
  ContractCase,
  Judgement,
  Observations,
} from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce } from '../runner/judge.js';
import type { Family } from '../runner/family.js';
import {
  ARRIVAL_MS,
  deliverLast,
  inconclusive,
  judgeRestart,
  recoveryCase,
  restartWhileHeld,
} from './recovery-case.js';
import { later, say } from '../../language/say.js';

const family: Family = {
  name: 'webhook-and-poll',
  why: 'Whoever reads GET /events as a fallback meets every event twice. When the two ways do not share their memory, each event is applied by both.',
  fix: 'Send webhooks and polled rows through one function that saves the key under a unique constraint.',
};

const RULE = 'An event that comes by webhook and by GET /events has one effect.';
const SOURCE = 'Truora hooks page: GET /events together with webhooks';

/** Lets the receiver read these events; tells whether it asked for them. */
const poll = async (
  context: CaseContext,
  events: readonly TruoraEvent[],
  pages: { readonly perPage?: number; readonly overlap?: number } = {},
): Promise<boolean> => {
  context.api?.publish(events, pages);
  await context.controls.poll?.();
  return (context.api?.asked() ?? 0) > 0;
};

const observe = (
  asked: boolean,
  attempts: readonly Attempt[],
  events: readonly TruoraEvent[],
): Observations => ({
  attempts,
  watched: events.map((event) => ({ event, expected: 1 })),
  judge: (seen) =>
    asked ? allOf(...acknowledged(attempts), appliesOnce(events, seen)) : DID_NOT_ASK,
});

const acknowledged = (attempts: readonly Attempt[]): readonly Judgement[] =>
  attempts.length === 0 ? [] : [acknowledgesAll(attempts)];

const DID_NOT_ASK = inconclusive(
  later('a receiver that reads GET /events when it is told to'),
  later('it did not ask; check --poll-url or --poll-cmd, and the API address that it uses'),
);

const pollCase = (
  described: {
    readonly slug: string;
    readonly catalogue: string;
    readonly title: string;
    readonly severity: 'critical' | 'high';
  },
  run: (context: CaseContext) => Promise<Observations>,
): ContractCase =>
  recoveryCase(family, {
    ...described,
    rule: RULE,
    source: SOURCE,
    stage: 'alone',
    needs: ['effects', 'poll'],
    run,
  });

const BACKFILL = 12;
const TWO_HOURS_SECONDS = 7200;

/** Events that come by webhook and by polling. */
export const pollCases: readonly ContractCase[] = [
  // First: a poller with a mark rightly skips what is older than what it has polled.
  pollCase(
    {
      slug: 'backfill-of-two-hours',
      catalogue: 'D69',
      title: 'fills the gap of two disabled hours without repeating what it has',
      severity: 'high',
    },
    async (context) => {
      const events = Array.from({ length: BACKFILL }, (_unused, index) =>
        context.event({
          ageSeconds: TWO_HOURS_SECONDS - Math.floor((index * TWO_HOURS_SECONDS) / BACKFILL),
        }),
      );
      const before = events.filter((_event, index) => index % 2 === 0);
      const attempts: Attempt[] = [];
      for (const event of before) {
        attempts.push(...(await deliverLast(context, [event], 'webhook')));
      }
      const asked = await poll(context, events.toReversed(), { perPage: 5 });
      return observe(asked, attempts, events);
    },
  ),
  pollCase(
    {
      slug: 'webhook-then-poll',
      catalogue: 'D43',
      title: 'applies an event once that it polls after its webhook',
      severity: 'critical',
    },
    async (context) => {
      const event = context.event();
      const attempts = await deliverLast(context, [event], 'webhook');
      await context.untilSeen(event);
      return observe(await poll(context, [event]), attempts, [event]);
    },
  ),
  pollCase(
    {
      slug: 'poll-then-webhook',
      catalogue: 'D44',
      title: 'acknowledges the webhook of an event that it has polled',
      severity: 'critical',
    },
    async (context) => {
      const event = context.event();
      const asked = await poll(context, [event]);
      await context.untilSeen(event);
      const attempts = await deliverLast(context, [event], 'webhook, after the poll');
      return observe(asked, attempts, [event]);
    },
  ),
  pollCase(
    {
      slug: 'poll-beside-webhook',
      catalogue: 'D45',
      title: 'applies an event once that comes by webhook and poll at the same time',
      severity: 'critical',
    },
    async (context) => {
      const events = Array.from({ length: 10 }, () => context.event());
      const [asked, ...sent] = await Promise.all([
        poll(context, events),
        ...events.map(async (event) => deliverLast(context, [event], 'webhook beside the poll')),
      ]);
      return observe(asked, sent.flat(), events);
    },
  ),
  pollCase(
    {
      slug: 'overlapping-pages',
      catalogue: 'D46',
      title: 'applies each event once when pages overlap',
      severity: 'high',
    },
    async (context) => {
      const events = Array.from({ length: 7 }, () => context.event());
      return observe(await poll(context, events, { perPage: 3, overlap: 1 }), [], events);
    },
  ),
  recoveryCase(family, {
    slug: 'older-snapshot-by-poll',
    catalogue: 'D82',
    title: 'does not set a resource back by what a poll brings late',
    rule: 'A poll may return what was true before the last webhook.',
    source: SOURCE,
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    needs: ['effects', 'poll', 'state'],
    run: async (context) => {
      const pair = [...context.facts.handled].find((name) => name.endsWith('.created'));
      const end = [...context.facts.handled].find(
        (name) =>
          name.split('.')[0] === pair?.split('.')[0] && /\.(?:succeeded|finished)$/.test(name),
      );
      if (pair === undefined || end === undefined) {
        return {
          attempts: [],
          watched: [],
          judge: () => ({
            verdict: 'skipped',
            expected: say`a state`,
            actual: say`no such events`,
          }),
        };
      }
      const older = context.event({ pair, ageSeconds: 60 });
      const newer = context.event({ pair: end, ageSeconds: 5, about: older });
      const attempts = await deliverLast(context, [newer], 'the end, by webhook');
      await context.untilSeen(newer);
      const before = await context.stateOf(newer);
      const asked = await poll(context, [older]);
      await context.untilSeen(older);
      const after = await context.stateOf(newer);
      return {
        attempts,
        watched: [],
        judge: () => {
          if (!asked) return DID_NOT_ASK;
          const expected = say`the state stays ${before ?? 'unknown'}`;
          if (before === undefined) return inconclusive(expected, say`no state is shown`);
          return {
            verdict: before === after ? 'passed' : 'failed',
            expected,
            actual: say`it is ${after ?? 'unknown'}`,
          };
        },
      };
    },
  }),
  recoveryCase(family, {
    slug: 'killed-during-poll',
    catalogue: 'D83',
    title: 'applies what it was polling when it was killed',
    rule: RULE,
    source: SOURCE,
    severity: 'high',
    needs: ['effects', 'poll', 'restart', 'sink'],
    run: async (context) => {
      const event = context.event();
      const held = context.sink?.hold(event);
      const polling = poll(context, [event]).catch(() => false);
      const arrived = (await held?.arrived(ARRIVAL_MS)) ?? false;
      const up = await restartWhileHeld(context, held);
      await polling;
      const again = up && (await poll(context, [event]));
      return {
        attempts: [],
        watched: [{ event, expected: 1 }],
        judge: (seen) => {
          if (!arrived) return inconclusive(say`an effect at the sink`, say`none arrived`);
          if (up && !again) return DID_NOT_ASK;
          return up ? appliesOnce([event], seen) : judgeRestart({ up, last: [] }, [event])(seen);
        },
      };
    },
  }),
];
