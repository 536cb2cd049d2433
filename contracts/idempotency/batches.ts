import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase } from '../runner/case.js';
import { allOf, appliesOnce, isAcknowledged, statusOf } from '../runner/judge.js';
import { inTurn, onceEach, scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const family: Family = {
  name: 'batches',
  why: 'A delivery may carry several events, and a retry may bundle them otherwise. Treating the delivery as one unit loses the new ones or repeats the old.',
  fix: 'Handle each event of `events` by its own key; acknowledge only when every one of them is stored.',
};

const RULE = 'Each event in `events` counts for itself.';
const SOURCE = 'Truora webhook guide: `events` is a list (REF)';

interface Step {
  readonly label: string;
  readonly events: (events: Readonly<Record<'a' | 'b', TruoraEvent>>) => readonly TruoraEvent[];
}

const pair = (
  slug: string,
  catalogue: string,
  title: string,
  steps: readonly Step[],
  severity: 'critical' | 'high' = 'critical',
): ContractCase =>
  scenario(family, {
    slug,
    catalogue,
    title,
    severity,
    rule: RULE,
    source: SOURCE,
    run: async (context) => {
      const events = { a: context.event(), b: context.event() };
      const deliveries = steps.map((step) => ({ ...step, events: step.events(events) }));
      const sent = new Set(deliveries.flatMap((delivery) => delivery.events));
      return onceEach(await inTurn(context, deliveries), [...sent]);
    },
  });

/** A genuine token of whatever stands in `events`. */
const tokenOf = (context: CaseContext, events: readonly unknown[]): string =>
  context.token(events as readonly TruoraEvent[]);

const sizeOf = (event: TruoraEvent): number => Buffer.byteLength(JSON.stringify(event));

/** The pair with the smallest events, so that many fit into one delivery. */
const smallestPair = (context: CaseContext): string => {
  const sizes = [...context.facts.handled].map((name) => ({
    name,
    size: sizeOf(context.event({ pair: name })),
  }));
  return sizes.toSorted((one, other) => one.size - other.size)[0]?.name ?? '';
};

export const batchCases: readonly ContractCase[] = [
  pair('batch-twice', 'D26', 'applies each event of a repeated batch once', [
    { label: '[A, B]', events: ({ a, b }) => [a, b] },
    { label: '[A, B] again', events: ({ a, b }) => [a, b] },
  ]),
  pair('batch-with-a-known-event', 'D27', 'applies the new event beside a known one', [
    { label: 'A', events: ({ a }) => [a] },
    { label: '[A, B]', events: ({ a, b }) => [a, b] },
  ]),
  pair('batch-with-a-known-event-last', 'D28', 'applies the new event before a known one', [
    { label: 'A', events: ({ a }) => [a] },
    { label: '[B, A]', events: ({ a, b }) => [b, a] },
  ]),
  pair(
    'batch-with-itself-twice',
    'D29',
    'applies an event once that stands twice in a batch',
    [{ label: '[A, A]', events: ({ a }) => [a, a] }],
    'high',
  ),
  scenario(family, {
    slug: 'batch-fails-in-part',
    catalogue: 'D30',
    title: 'retries the part of a batch that failed',
    rule: 'A 2xx says that every event of the delivery is safe.',
    source: 'at-least-once delivery',
    severity: 'critical',
    needs: ['effects', 'sink'],
    why: 'Answering 200 although one event of the batch failed loses that event for ever; failing the whole batch afterwards repeats the other.',
    fix: 'Answer 5xx unless all events are stored; on the retry, skip by key those that were.',
    run: async (context) => {
      const [a, b] = [context.event(), context.event()];
      context.sink?.failNext(b, 1);
      const first = await context.send('genuine', [a, b], context.token([a, b]), {
        label: '[A, B], B’s effect fails',
      });
      const retries = isAcknowledged(first)
        ? []
        : await context.deliver([a, b], { label: 'retry' });
      const attempts = [first, ...retries.slice(-1)];
      return onceEach(attempts.slice(-1), [a, b]);
    },
  }),
  scenario(family, {
    slug: 'batch-both-orders-at-once',
    catalogue: 'D31',
    title: 'applies [A, B] beside [B, A] once each, without a deadlock',
    rule: RULE,
    source: 'lock order',
    severity: 'high',
    why: 'Locks taken in the order of arrival hold each other up: both deliveries hang until they time out.',
    fix: 'Lock one event at a time, or sort the keys of a batch before locking.',
    run: async (context) => {
      const [a, b] = [context.event(), context.event()];
      const race = await context.race([
        { events: [a, b], body: context.token([a, b]) },
        { events: [b, a], body: context.token([b, a]) },
      ]);
      const later = await context.deliver([a, b], { label: 'later copy' });
      const hang = race.every(
        ({ exchange }) =>
          exchange.outcome.kind === 'failure' && exchange.outcome.failure === 'timeout',
      );
      const observations = onceEach(later.slice(-1), [a, b]);
      return {
        ...observations,
        attempts: [...race, ...later],
        judge: (seen) =>
          allOf(observations.judge(seen), {
            verdict: hang ? 'failed' : 'passed',
            expected: say`an answer to both`,
            actual: hang ? say`neither was answered in time` : 'answered',
          }),
      };
    },
  }),
  scenario(family, {
    slug: 'batch-with-an-unknown-event',
    catalogue: 'D32',
    title: 'applies an event beside one of an unknown type',
    rule: 'An unknown event type is acknowledged and skipped.',
    source: 'Truora hooks page, the 80% rule',
    severity: 'medium',
    why: 'One event that you do not know makes the delivery fail on every attempt: its neighbours are lost with it, and the hook nears its disabling.',
    fix: 'Skip what you do not know and answer 2xx.',
    run: async (context) => {
      const known = context.event();
      const unknown = { ...context.event(), event_type: 'trufusion', event_action: 'teleported' };
      return onceEach(
        await inTurn(context, [{ label: '[unknown, B]', events: [unknown, known] }]),
        [known],
      );
    },
  }),
  scenario(family, {
    slug: 'batch-of-many',
    catalogue: 'D33',
    title: 'applies every event of a large batch once',
    rule: RULE,
    source: `${SOURCE}; the size is not documented`,
    severity: 'medium',
    stage: 'alone',
    why: 'A limit on the number of events, or keys that are hashed too short, loses some of a large batch in silence.',
    fix: 'Keep whole keys under a unique constraint, and loop over all of `events`.',
    run: async (context) => {
      const events: TruoraEvent[] = [];
      let bytes = 0;
      // Below 64 KiB on the wire: the body limit is another case.
      const smallest = smallestPair(context);
      while (bytes < 47_500) {
        const event = context.event({ pair: smallest });
        bytes += sizeOf(event) + 1;
        events.push(event);
      }
      return onceEach(
        await inTurn(context, [{ label: `${events.length} events`, events }]),
        events,
      );
    },
  }),
  scenario(family, {
    slug: 'batch-with-null',
    catalogue: 'D58',
    title: 'does not lose the event beside a null',
    rule: 'Refuse the delivery or apply what is there; never acknowledge and drop.',
    source: 'defensive parsing',
    severity: 'low',
    level: 'should',
    stage: 'last',
    run: async (context) => {
      const event = context.event();
      const attempt = await context.send('oddity', [event], tokenOf(context, [null, event]), {
        label: '[null, A]',
      });
      const status = statusOf(attempt);
      const expected = say`4xx, or one effect`;
      return {
        attempts: [attempt],
        watched: [{ event, expected: isAcknowledged(attempt) ? 1 : 0 }],
        judge: (seen) =>
          isAcknowledged(attempt)
            ? appliesOnce([event], seen, { what: expected })
            : {
                verdict: status !== undefined && status < 500 ? 'passed' : 'failed',
                expected,
                actual: status === undefined ? say`no answer` : say`status ${status}`,
              },
      };
    },
  }),
  scenario(family, {
    slug: 'two-events-without-id',
    catalogue: 'D59',
    title: 'stays calm at two events without a key',
    rule: 'An event without a key is refused or applied; the key "undefined" is none.',
    source: 'keys that turn into "undefined"',
    severity: 'medium',
    level: 'should',
    stage: 'last',
    run: async (context) => {
      const attempts: Attempt[] = [];
      for (const label of ['first', 'second']) {
        const { id: _id, idempotency_key: _key, ...rest } = context.event();
        attempts.push(await context.send('oddity', [], tokenOf(context, [rest]), { label }));
      }
      const bad = attempts.filter((attempt) => (statusOf(attempt) ?? 500) >= 500);
      return {
        attempts,
        watched: [],
        judge: () => ({
          verdict: bad.length === 0 ? 'passed' : 'failed',
          expected: say`an answer below 500`,
          actual: attempts.map((attempt) => say`status ${statusOf(attempt) ?? 'none'}`).join(', '),
        }),
      };
    },
  }),
];
