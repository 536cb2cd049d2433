import type { ContractCase, Judgement } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, isAcknowledged, isBusy } from '../runner/judge.js';
import type { Family } from '../runner/family.js';
import { attemptOnce, deliverLast, recoveryCase } from './recovery-case.js';
import { say } from '../../language/say.js';

const family: Family = {
  name: 'instances-disagree',
  why: 'Each process remembers only its own events: behind a load balancer, in a cluster or in functions a copy meets another process and is applied again.',
  fix: 'Keep keys in the store that all instances share, under a unique constraint.',
};

const RULE = 'One event has one effect, whichever instance it reaches.';
const SOURCE = 'receivers with several processes on one store';
const ROUNDS = 3;

const acrossInstances = (slug: string, catalogue: string, copies: number): ContractCase =>
  recoveryCase(family, {
    slug,
    catalogue,
    title: `applies ${copies} copies that reach two instances at once only once`,
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    stage: 'alone',
    needs: ['effects', 'peer'],
    run: async (context) => {
      const { peerUrl = context.url } = context;
      const events = Array.from({ length: ROUNDS }, () => context.event());
      const raced = [];
      const later = [];
      for (const event of events) {
        raced.push(
          await context.race(
            Array.from({ length: copies }, (_unused, copy) => ({
              events: [event],
              body: context.token([event], { ageSeconds: 2 + copy }),
              url: copy % 2 === 0 ? context.url : peerUrl,
            })),
          ),
        );
        later.push(...(await deliverLast(context, [event], 'later copy')));
      }
      const someTaken: Judgement = raced.every(
        (round) => round.some(isAcknowledged) || round.every(isBusy),
      )
        ? acknowledgesAll(later)
        : {
            verdict: 'failed',
            expected: say`a 2xx to one copy at least`,
            actual: say`no copy was taken`,
          };
      return {
        attempts: [...raced.flat(), ...later],
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) => allOf(someTaken, appliesOnce(events, seen)),
      };
    },
  });

/** Two instances of the receiver on one store. */
export const instanceCases: readonly ContractCase[] = [
  acrossInstances('two-copies-to-two-instances', 'D09', 2),
  acrossInstances('ten-copies-to-two-instances', 'D64', 10),
  recoveryCase(family, {
    slug: 'retry-to-another-instance',
    catalogue: 'D18',
    title: 'takes a retry that lands on another instance for the copy it is',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    stage: 'group',
    needs: ['effects', 'peer'],
    run: async (context) => {
      const { peerUrl = context.url } = context;
      const event = context.event();
      const first = await deliverLast(context, [event], 'first');
      const second = await attemptOnce(context, [event], {
        label: 'retry, on the other instance',
        url: peerUrl,
      });
      const back = await deliverLast(context, [event], 'and back');
      const attempts = [...first, second, ...back];
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(attempts), appliesOnce([event], seen)),
      };
    },
  }),
];
