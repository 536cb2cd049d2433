import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, isAcknowledged, statusOf } from '../runner/judge.js';
import { inTurn, onceEach, scenario } from './scenario.js';
import type { DeliveryFamily } from './scenario.js';

const regrouped: DeliveryFamily = {
  name: 'batches-regrouped',
  why: 'Nobody promises that a retry holds the same events as the attempt before. What was known by the batch, and not by the event, is applied again or dropped.',
  fix: 'Handle every event of a delivery by itself, by its own key.',
};

const storm: DeliveryFamily = {
  name: 'storm',
  why: 'After an outage retries, new events and copies arrive all at once: what holds for one event at a time may not hold then.',
  fix: 'Let the database decide: one transaction for each event, with its key under a unique constraint.',
};

const RULE = 'One event has one effect, in whatever company it comes.';
const SOURCE = 'events is an array (Truora, 2026 API reference); its size and order are unknown';
const STORM_EVENTS = 60;
const STORM_COPIES = 3;
const BIG_BYTES = 384 * 1024;

const inBatches = (
  slug: string,
  catalogue: string,
  title: string,
  batchesOf: (events: readonly TruoraEvent[]) => readonly (readonly TruoraEvent[])[],
): ContractCase =>
  scenario(regrouped, {
    slug,
    catalogue,
    title,
    rule: RULE,
    source: SOURCE,
    severity: 'medium',
    run: async (context) => {
      const events = [context.event(), context.event(), context.event()];
      const attempts = await inTurn(
        context,
        batchesOf(events).map((batch, index) => ({
          label: `delivery ${index + 1} of ${batch.length} events`,
          events: batch,
        })),
      );
      return onceEach(attempts, events);
    },
  });

/** The same items in an order that the seed decides. */
const shuffled = <Item>(items: readonly Item[], random: CaseContext['random']): readonly Item[] =>
  items
    .map((item) => ({ item, place: random.uint32() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);

/** Sends deliveries all at once and each that was not taken once more. */
const allAtOnce = async (
  context: CaseContext,
  deliveries: readonly (readonly TruoraEvent[])[],
): Promise<readonly Attempt[]> => {
  const { peerUrl } = context;
  const sent = await Promise.all(
    deliveries.map(async (events, index) =>
      context.deliver(events, {
        label: `copy ${(index % STORM_COPIES) + 1}`,
        ...(peerUrl !== undefined && index % 2 === 1 ? { url: peerUrl } : {}),
      }),
    ),
  );
  return sent.flatMap((attempts) => attempts.slice(-1));
};

/** More events, larger events, and events in other company. */
export const largerCases: readonly ContractCase[] = [
  inBatches(
    'batch-in-another-order',
    'D77',
    'knows a batch whose retry has another order',
    ([a, b, c]) =>
      a === undefined || b === undefined || c === undefined
        ? []
        : [
            [a, b, c],
            [c, a, b],
          ],
  ),
  inBatches(
    'batch-split-up',
    'D78',
    'knows the events of a batch that is split up later',
    ([a, b, c]) =>
      a === undefined || b === undefined || c === undefined ? [] : [[a, b, c], [a], [b, c]],
  ),
  scenario(regrouped, {
    slug: 'batch-half-known',
    catalogue: 'D76',
    title: 'applies the new half of a large batch and not the known one',
    rule: RULE,
    source: SOURCE,
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    run: async (context) => {
      const model = context.event();
      const events = Array.from({ length: 100 }, (_unused, index) =>
        index === 0 ? model : context.rekey(model, `HKE${context.random.hex(40)}`),
      );
      const known = events.filter(() => context.random.integer(0, 1) === 0);
      const attempts = await inTurn(context, [
        { label: `${known.length} events`, events: known },
        { label: '100 events, those among them', events },
      ]);
      return onceEach(attempts, events, { superseded: events });
    },
  }),
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
      const deliveries = shuffled(
        Array.from({ length: STORM_COPIES }, () => events.map((event) => [event])).flat(),
        context.random,
      );
      const attempts = await allAtOnce(context, deliveries);
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
            ? { verdict: 'skipped', expected: 'one effect', actual: 'above its body limit' }
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
