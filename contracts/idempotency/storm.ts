import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase, SendOptions } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, isAcknowledged, statusOf } from '../runner/judge.js';
import { inTurn, scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const storm: Family = {
  name: 'storm',
  why: 'After an outage retries, new events and copies arrive all at once: what holds for one event at a time may not hold then.',
  fix: 'Let the database decide: one transaction for each event, with its key under a unique constraint.',
};

const RULE = 'One event has one effect, whatever arrives beside it.';
const STORM_EVENTS = 60;
const STORM_COPIES = 3;
const BIG_BYTES = 384 * 1024;
/** Of the storm's events one in so many fails at its first effect, where there is a sink. */
const FAILING = 10;
const RETRY_PAUSES_MS = [150, 600];

/** The same items in an order that the seed decides. */
const shuffled = <Item>(items: readonly Item[], random: CaseContext['random']): readonly Item[] =>
  items
    .map((item) => ({ item, place: random.uint32() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);

/** The last attempt of a copy. That it was sent away while the first is at work accuses nobody. */
const deliverCopy = async (
  context: CaseContext,
  event: TruoraEvent,
  options: SendOptions,
): Promise<Attempt> => {
  for (const [index, pauseMs] of [...RETRY_PAUSES_MS, undefined].entries()) {
    const attempt = await context.send('genuine', [event], context.token([event]), {
      ...options,
      label: `copy, attempt ${index + 1}`,
    });
    if (isAcknowledged(attempt) || pauseMs === undefined) return attempt;
    await context.wait(pauseMs);
  }
  throw new Error('the last attempt has no pause');
};

/** Delivers copies all at once, to both instances where there are two; the last attempt of each. */
const allAtOnce = async (
  context: CaseContext,
  copies: readonly TruoraEvent[],
): Promise<readonly Attempt[]> => {
  const { peerUrl } = context;
  return Promise.all(
    copies.map(async (event, index) =>
      deliverCopy(context, event, peerUrl !== undefined && index % 2 === 1 ? { url: peerUrl } : {}),
    ),
  );
};

/** Many deliveries at once, large ones, and ones that overtake each other. */
export const stormCases: readonly ContractCase[] = [
  scenario(storm, {
    slug: 'storm',
    catalogue: 'D57',
    title: 'applies 60 events once each out of 180 deliveries at once',
    rule: RULE,
    source: 'thundering retries after an outage',
    severity: 'critical',
    stage: 'alone',
    run: async (context) => {
      const events = Array.from({ length: STORM_EVENTS }, () => context.event());
      for (const event of events.filter((_event, index) => index % FAILING === 0)) {
        context.sink?.failNext(event, 1);
      }
      const copies = Array.from({ length: STORM_COPIES }, () => events).flat();
      const attempts = await allAtOnce(context, shuffled(copies, context.random));
      const lost = events.filter(
        (event) => !attempts.some((one) => one.events.includes(event) && isAcknowledged(one)),
      );
      const last = await Promise.all(
        lost.map(async (event) =>
          (await context.deliver([event], { label: 'afterwards' })).slice(-1),
        ),
      );
      return {
        attempts: [...attempts, ...last.flat()],
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) =>
          allOf(
            ...(last.length === 0 ? [] : [acknowledgesAll(last.flat())]),
            appliesOnce(events, seen),
          ),
      };
    },
  }),
  scenario(storm, {
    slug: 'large-event-twice',
    catalogue: 'D75',
    title: 'applies a large event once',
    rule: RULE,
    source: 'a finished check can exceed 100 kB (INF)',
    severity: 'low',
    level: 'should',
    stage: 'alone',
    run: async (context) => {
      const small = context.event();
      const event = { ...small, object: { ...small.object, blob: 'x'.repeat(BIG_BYTES) } };
      const attempts = await inTurn(context, [
        { label: '512 KiB', events: [event] },
        { label: '512 KiB, copy', events: [event] },
      ]);
      const tooLarge = attempts.some((one) => statusOf(one) === 413);
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) =>
          tooLarge
            ? { verdict: 'skipped', expected: say`one effect`, actual: say`above its body limit` }
            : appliesOnce([event], seen),
      };
    },
  }),
  scenario(storm, {
    slug: 'pipelined-copies',
    catalogue: 'D65',
    title: 'applies copies once that come one behind the other on a connection',
    rule: RULE,
    source: 'RFC 9112 §9.3.2',
    severity: 'medium',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const attempts = await context.pipeline(
        Array.from({ length: 4 }, (_unused, index) => ({
          intent: 'genuine' as const,
          events: [event],
          body: context.token([event]),
          label: `copy ${index + 1}`,
        })),
      );
      const later = (await context.deliver([event], { label: 'later copy' })).slice(-1);
      return {
        attempts: [...attempts, ...later],
        watched: [{ event, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(later), appliesOnce([event], seen)),
      };
    },
  }),
  scenario(storm, {
    slug: 'copy-overtakes',
    catalogue: 'D66',
    title: 'applies an event once when a copy overtakes its slow first delivery',
    rule: RULE,
    source: 'a slow network on one of two connections',
    severity: 'medium',
    stage: 'patient',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const body = context.token([event]);
      const head = context.head([
        ['Content-Type', context.facts.contentType],
        ['Content-Length', String(Buffer.byteLength(body))],
        ['Connection', 'close'],
      ]);
      const half = Math.floor(body.length / 2);
      const slow = context.write(
        'genuine',
        [event],
        [head, body.slice(0, half), body.slice(half)],
        {
          label: 'first, slow body',
          pauseMs: 200,
        },
      );
      await context.wait(100);
      const copy = (await context.deliver([event], { label: 'copy, overtakes' })).slice(-1);
      const first = await slow;
      const later = (await context.deliver([event], { label: 'later copy' })).slice(-1);
      return {
        attempts: [first, ...copy, ...later],
        watched: [{ event, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(later), appliesOnce([event], seen)),
      };
    },
  }),
];
