import type { Attempt, ContractCase } from '../runner/case.js';
import {
  acknowledgesAll,
  allOf,
  appliesOnce,
  isAcknowledged,
  isBusy,
  isFault,
} from '../runner/judge.js';
import { say } from '../../language/say.js';
import { scenario } from './scenario.js';
import type { Family } from '../runner/family.js';

const family: Family = {
  name: 'lost-after-failure',
  why: 'The effect failed, and the event counts as done: its key stays behind, or it was acknowledged too early. The retry that would save it is thrown away or never comes.',
  fix: 'Commit the key and the effect together, and answer 2xx only after that.',
};

const failing = (slug: string, catalogue: string, title: string, times: number): ContractCase =>
  scenario(family, {
    slug,
    catalogue,
    title,
    rule: 'A 2xx says that the event is safe; anything else is retried.',
    source: 'Truora hooks page, retry table',
    severity: 'critical',
    needs: ['effects', 'sink'],
    run: async (context) => {
      const event = context.event();
      context.sink?.failNext(event, times);
      const attempts: Attempt[] = [];
      // As Truora does: the next attempt comes only if this one was not acknowledged.
      for (let number = 1; number <= times + 1; number++) {
        const attempt = await context.send('genuine', [event], context.token([event]), {
          label: `attempt ${number}${number <= times ? ', effect fails' : ''}`,
        });
        attempts.push(attempt);
        if (isAcknowledged(attempt)) break;
        await context.wait(50);
      }
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(attempts.slice(-1)), appliesOnce([event], seen)),
      };
    },
  });

export const failureCases: readonly ContractCase[] = [
  failing('effect-fails-once', 'D12', 'applies an event on its retry when its effect failed', 1),
  failing('effect-fails-five-times', 'D13', 'applies an event on the sixth attempt', 5),
  scenario(family, {
    slug: 'broken-then-acknowledged',
    catalogue: 'D12',
    title: 'acknowledges no event without effect that ended in a fault before',
    rule: 'A 2xx says that the event is safe; anything else is retried.',
    source: 'Truora hooks page, retry table',
    severity: 'critical',
    stage: 'alone',
    needs: ['effects'],
    run: async (context) => {
      const broken: Attempt[] = [];
      // Beside others an attempt may fail by chance: these come one after the other.
      for (const pair of context.facts.brokenFirst) {
        const attempts = await context.deliver([context.event({ pair })], { label: pair });
        const [first] = attempts;
        const last = attempts.at(-1);
        if (first === undefined || last === undefined || isBusy(first)) continue;
        if (isFault(first) && isAcknowledged(last)) broken.push(last);
      }
      const events = broken.flatMap((attempt) => attempt.events);
      return {
        attempts: broken,
        watched: events.map((event) => ({ event, expected: 1 as const })),
        judge: (seen) => appliesOnce(events, seen, { what: say`one effect each, or no 2xx` }),
      };
    },
  }),
];
