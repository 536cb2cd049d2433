import type { Attempt, ContractCase } from '../runner/case.js';
import {
  acknowledgesAll,
  allOf,
  appliesOnce,
  describeAnswer,
  isAcknowledged,
} from '../runner/judge.js';
import type { Family } from '../runner/family.js';
import { deliverLast, recoveryCase } from './recovery-case.js';
import { say } from '../../language/say.js';

const wrongKey: Family = {
  name: 'wrong-key-then-mended',
  why: 'A wrong key is deployed for an hour. If what it could not verify was acknowledged, or is remembered as bad, the events of that hour are lost.',
  fix: 'Answer 401 to what you cannot verify, and remember nothing of it.',
};

const outage: Family = {
  name: 'store-outage',
  why: 'While the store of keys is down, a receiver that works on without it applies copies, and one that acknowledges loses events.',
  fix: 'Without the store, answer 503: the delivery comes again.',
};

const SOURCE = 'Truora hooks page: what is not acknowledged is retried';

/** Something was broken on the receiver's side for a while. */
export const mendedCases: readonly ContractCase[] = [
  recoveryCase(wrongKey, {
    slug: 'key-mended-between-attempts',
    catalogue: 'D52',
    title: 'takes on its retry, byte for byte, what it could not verify before',
    rule: 'What cannot be verified is refused, and nothing of it is remembered.',
    source: SOURCE,
    severity: 'high',
    needs: ['effects', 'rekey'],
    run: async (context) => {
      const event = context.event();
      const token = context.token([event]);
      const attempts: Attempt[] = [];
      try {
        await context.controls.rekey?.(context.random.hex(64));
        await context.untilUp();
        attempts.push(
          await context.send('hostile', [event], token, { label: 'attempt 1, under a wrong key' }),
        );
      } finally {
        await context.controls.rekey?.(context.key);
        await context.untilUp();
      }
      const retry = await context.send('genuine', [event], token, { label: 'retry, key mended' });
      attempts.push(retry);
      const [first] = attempts;
      const refused = first !== undefined && !isAcknowledged(first);
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) =>
          allOf(
            {
              verdict: refused || seen.facts.statusBlind ? 'passed' : 'failed',
              expected: say`no 2xx under a wrong key`,
              actual: first === undefined ? say`not sent` : describeAnswer(first),
            },
            acknowledgesAll([retry]),
            appliesOnce([event], seen),
          ),
      };
    },
  }),
  recoveryCase(wrongKey, {
    slug: 'key-rotated-between-attempts',
    catalogue: 'D68',
    title: 'takes a retry under the new key after a rotation',
    rule: 'The retry is signed with the key of its own time.',
    source: SOURCE,
    severity: 'medium',
    needs: ['effects', 'rekey'],
    run: async (context) => {
      const event = context.event();
      const attempts = [...(await deliverLast(context, [event], 'attempt 1, old key'))];
      const nextKey = context.random.hex(64);
      try {
        await context.controls.rekey?.(nextKey);
        await context.untilUp();
        const retry = context.token([event], { key: nextKey });
        attempts.push(await context.send('genuine', [event], retry, { label: 'retry, new key' }));
      } finally {
        await context.controls.rekey?.(context.key);
        await context.untilUp();
      }
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(attempts), appliesOnce([event], seen)),
      };
    },
  }),
  recoveryCase(outage, {
    slug: 'store-down-during-delivery',
    catalogue: 'D56',
    title: 'loses and repeats nothing when its store is down for a while',
    rule: 'Without the store there is no safe answer but to ask for a retry.',
    source: SOURCE,
    severity: 'high',
    needs: ['effects', 'outage'],
    run: async (context) => {
      const [known, event] = [context.event(), context.event()];
      const before = await deliverLast(context, [known], 'before the outage');
      await context.untilSeen(known);
      const during: Attempt[] = [];
      try {
        await context.controls.outage?.(true);
        for (const [one, label] of [
          [known, 'copy, store down'],
          [event, 'new event, store down'],
        ] as const) {
          during.push(await context.send('genuine', [one], context.token([one]), { label }));
        }
      } finally {
        await context.controls.outage?.(false);
      }
      const retries: Attempt[] = [];
      for (const attempt of during) {
        if (isAcknowledged(attempt)) continue;
        retries.push(...(await deliverLast(context, attempt.events, 'retry, store back')));
      }
      return {
        attempts: [...before, ...during, ...retries],
        watched: [known, event].map((one) => ({ event: one, expected: 1 })),
        judge: (seen) =>
          allOf(acknowledgesAll([...before, ...retries]), appliesOnce([known, event], seen)),
      };
    },
  }),
];
