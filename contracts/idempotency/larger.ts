import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, isAcknowledged } from '../runner/judge.js';
import { inTurn, onceEach, scenario } from './scenario.js';
import type { Family } from '../runner/family.js';

const regrouped: Family = {
  name: 'batches-regrouped',
  why: 'Nobody promises that a retry holds the same events as the attempt before. What was known by the batch, and not by the event, is applied again or dropped.',
  fix: 'Handle every event of a delivery by itself, by its own key.',
};

const RULE = 'One event has one effect, in whatever company it comes.';
const SOURCE = 'events is an array (Truora, 2026 API reference); its size and order are unknown';
const BATCH_EVENTS = 1000;
/** Below 64 KiB on the wire. */
const SMALL_DELIVERY_BYTES = 47_500;
/** Of a large batch one in so many is looked for. */
const SAMPLED = 5;

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

/** Delivers events together, or in smaller deliveries to a receiver that does not take so many. */
const deliverMany = async (
  context: CaseContext,
  label: string,
  events: readonly TruoraEvent[],
): Promise<readonly Attempt[]> => {
  const whole = (await context.deliver(events, { label })).slice(-1);
  if (whole.every(isAcknowledged)) return whole;
  const bytes = Buffer.byteLength(JSON.stringify(events)) / events.length;
  const perDelivery = Math.max(1, Math.floor(SMALL_DELIVERY_BYTES / bytes));
  const parts = Array.from({ length: Math.ceil(events.length / perDelivery) }, (_unused, part) =>
    events.slice(part * perDelivery, (part + 1) * perDelivery),
  );
  return inTurn(
    context,
    parts.map((part) => ({ label: `${label}, ${part.length} at a time`, events: part })),
  );
};

/** More events at a time, and events in other company. */
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
      const events = Array.from({ length: BATCH_EVENTS }, () => context.event());
      const known = events.filter(() => context.random.integer(0, 1) === 0);
      const attempts = [
        ...(await deliverMany(context, `${known.length} events`, known)),
        ...(await deliverMany(context, `${BATCH_EVENTS} events, those among them`, events)),
      ];
      const sample = events.filter((_event, index) => index % SAMPLED === 0);
      return {
        attempts,
        watched: sample.map((event) => ({ event, expected: 1 })),
        judge: (seen) =>
          allOf(acknowledgesAll(attempts), appliesOnce(sample, seen, { superseded: sample })),
      };
    },
  }),
];
