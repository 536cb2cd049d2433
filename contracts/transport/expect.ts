import type { ContractCase } from '../runner/case.js';
import { takesEach, toleratesAll } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { plainHead } from './wire.js';

const expectations: Family = {
  name: 'expectations',
  why: 'Some HTTP clients ask before they send a body. A server that refuses to be asked refuses the delivery.',
  fix: 'Leave Expect: 100-continue to your HTTP server.',
};

/** A client may not wait for ever for the word to go on (RFC 9110 §10.1.1). */
const CONTINUE_MS = 1000;

/** Deliveries with an Expect header. */
export const expectCases: readonly ContractCase[] = [
  transportCase(expectations, {
    slug: 'expect-100-continue',
    catalogue: 'P22',
    title: 'takes a body that is sent after 100 Continue, or without it after a second',
    rule: 'A server answers Expect: 100-continue with 100, or waits for the body.',
    source: 'RFC 9110 §10.1.1',
    severity: 'medium',
    stage: 'alone',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const body = context.token([event]);
      const attempt = await context.write(
        'oddity',
        [event],
        [plainHead(context, body, [['Expect', '100-continue']]), body],
        { label: 'Expect: 100-continue', continueMs: CONTINUE_MS },
      );
      return {
        attempts: [attempt],
        watched: [{ event, expected: 1 }],
        judge: (seen) => takesEach([attempt], seen),
      };
    },
  }),
  transportCase(expectations, {
    slug: 'expect-unknown',
    catalogue: 'P23',
    title: 'stays calm at an expectation that does not exist',
    rule: 'An unknown expectation is answered 417, or passed over.',
    source: 'RFC 9110 §10.1.1',
    severity: 'info',
    level: 'may',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const body = context.token([event]);
      const attempt = await context.write(
        'oddity',
        [event],
        [plainHead(context, body, [['Expect', 'magic']]), body],
        { label: 'Expect: magic' },
      );
      return {
        attempts: [attempt],
        watched: watchAbsent([attempt]),
        judge: (seen) => toleratesAll([attempt], seen),
      };
    },
  }),
];
