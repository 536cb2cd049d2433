import type { Attempt, CaseContext, ContractCase, Observations } from '../runner/case.js';
import { refusesCut, takesEach } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { lengthOf, plainHead, typeOf } from './wire.js';

const interrupted: Family = {
  name: 'interrupted',
  why: 'Connections break at any byte. A handler that takes part of a body for the whole applies what was never sent, and one that dies with the connection loses what it had begun.',
  fix: 'Work only on a body that came to its end, and finish what you began whether or not the sender still listens.',
};

/** Bytes that went ahead are given this long to be read before the connection is cut. */
const READ_MS = 20;

/** What was begun has this long to end before the retry; Truora's comes after half a minute. */
const RETRY_MS = 100;

const ONCE = 'An event that was interrupted is applied once in all by its retry.';

/** An interrupted delivery, then the retry that Truora would make. */
const retried = async (
  context: CaseContext,
  interrupt: (event: Attempt['events'][number], token: string) => Promise<Attempt>,
): Promise<Observations> => {
  const event = context.event();
  const first = await interrupt(event, context.token([event]));
  await context.wait(RETRY_MS);
  const retry = (await context.deliver([event], { label: 'retry' })).slice(-1);
  return {
    attempts: [first, ...retry],
    watched: [{ event, expected: 1 }],
    judge: (seen) => takesEach(retry, seen),
  };
};

/** Deliveries whose connection ends too early. */
export const interruptedCases: readonly ContractCase[] = [
  transportCase(interrupted, {
    slug: 'body-cut',
    catalogue: 'P21',
    title: 'does not apply a token that was cut',
    rule: 'A body that is shorter than its length is incomplete.',
    source: 'RFC 9112 §8',
    severity: 'high',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const body = context.token([event]);
      const attempt = await context.write(
        'oddity',
        [event],
        [plainHead(context, body), body.slice(0, -20)],
        { label: 'ended 20 bytes early', then: 'end' },
      );
      return {
        attempts: [attempt],
        watched: watchAbsent([attempt]),
        judge: (seen) => refusesCut(attempt, seen),
      };
    },
  }),
  transportCase(interrupted, {
    slug: 'whole-token-in-a-cut-body',
    catalogue: 'P21',
    title: 'does not apply a body that was cut behind a whole token',
    rule: 'A body that is shorter than its length is incomplete.',
    source: 'RFC 9112 §8',
    severity: 'medium',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const body = context.token([event]);
      const head = context.head([typeOf(context), lengthOf(`${body}${' '.repeat(50)}`)]);
      const attempt = await context.write('oddity', [event], [head, body], {
        label: 'ended 50 bytes early',
        then: 'end',
      });
      return {
        attempts: [attempt],
        watched: watchAbsent([attempt]),
        judge: (seen) => refusesCut(attempt, seen),
      };
    },
  }),
  transportCase(interrupted, {
    slug: 'cut-in-the-body',
    catalogue: 'P26',
    title: 'applies an event once whose first delivery was cut in its body',
    rule: ONCE,
    source: 'networks',
    severity: 'high',
    needs: ['socket'],
    run: async (context) =>
      retried(context, async (event, token) =>
        context.write(
          'oddity',
          [event],
          [plainHead(context, token), token.slice(0, Math.floor(token.length * 0.6)), ''],
          { label: 'reset after 60% of the body', then: 'reset', pauseMs: READ_MS },
        ),
      ),
  }),
  transportCase(interrupted, {
    slug: 'cut-before-the-answer',
    catalogue: 'P27',
    title: 'applies an event once whose sender left before the answer',
    rule: ONCE,
    source: 'a lost response',
    severity: 'high',
    needs: ['socket'],
    run: async (context) =>
      retried(context, async (event, token) =>
        context.write('oddity', [event], [plainHead(context, token), token], {
          label: 'reset after the last byte',
          then: 'reset',
        }),
      ),
  }),
  transportCase(interrupted, {
    slug: 'half-closed',
    catalogue: 'P28',
    title: 'applies an event once whose sender ended its side of the connection',
    rule: `${ONCE.slice(0, -1)}; the answer to the first may get lost.`,
    source: 'RFC 9112 §9.6; servers that end both sides at once',
    severity: 'low',
    level: 'should',
    needs: ['socket'],
    run: async (context) =>
      retried(context, async (event, token) =>
        context.write('oddity', [event], [plainHead(context, token), token], {
          label: 'half-closed after the last byte',
          then: 'half-close',
        }),
      ),
  }),
];
