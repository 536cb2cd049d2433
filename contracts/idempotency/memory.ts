import type { TruoraEvent } from '../../simulator/index.js';
import type { CaseContext, ContractCase } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, isAcknowledged } from '../runner/judge.js';
import { scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const family: Family = {
  name: 'short-memory',
  why: 'A cache of the last few thousand keys forgets an event before its last retry arrives, and applies it again.',
  fix: 'Keep keys in a table, for at least the 170.5 minutes of the retry schedule, better for 60 days.',
};

const OTHERS = 5000;
const PER_DELIVERY = 100;
/** All of the first batch of others is looked for, then one in so many. */
const SAMPLED = 25;
/** A slow receiver is asked to remember fewer events, so that the run ends. */
const BUDGET_MS = 5000;

/** Different keys are what counts: all but the last event are copies of one under other keys. */
const manyOthers = (context: CaseContext): readonly TruoraEvent[] => {
  const model = context.event();
  const copies = Array.from({ length: PER_DELIVERY - 2 }, () =>
    context.rekey(model, `HKE${context.random.hex(40)}`),
  );
  return [model, ...copies, context.event()];
};

export const memoryCases: readonly ContractCase[] = [
  scenario(family, {
    slug: 'copy-after-thousands',
    catalogue: 'D22',
    title: 'remembers a key after 5,000 other events',
    rule: 'Keys outlive the retry schedule.',
    source: 'Truora hooks page, retry table; caches that keep the last N keys',
    severity: 'high',
    level: 'should',
    stage: 'alone',
    needs: ['effects'],
    run: async (context) => {
      const event = context.event();
      const first = (await context.deliver([event], { label: 'first' })).slice(-1);
      const startedAtMs = context.nowMs();
      let others = 0;
      const samples: TruoraEvent[] = [];
      while (others < OTHERS && context.nowMs() - startedAtMs < BUDGET_MS) {
        const batch = manyOthers(context);
        const sent = await context.deliver(batch, { label: `${PER_DELIVERY} others` });
        if (!sent.some(isAcknowledged)) break;
        others += batch.length;
        samples.push(
          ...batch.filter((_event, index) => others === PER_DELIVERY || index % SAMPLED === 0),
        );
        const last = batch.at(-1);
        if (last === undefined || !(await context.untilSeen(last))) break;
      }
      const copy = (await context.deliver([event], { label: `after ${others} others` })).slice(-1);
      const attempts = [...first, ...copy];
      const expected = say`one effect after ${others} other events`;
      return {
        attempts,
        // A receiver that works through a queue shows by some of the others how far it is.
        watched: [event, ...samples].map((one) => ({ event: one, expected: 1 as const })),
        judge: (seen) =>
          others === 0
            ? { verdict: 'inconclusive', expected, actual: say`the other events were not taken` }
            : allOf(acknowledgesAll(attempts), appliesOnce([event], seen, { what: expected })),
      };
    },
  }),
];
