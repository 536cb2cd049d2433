import type { Attempt, CaseContext, ContractCase } from '../runner/case.js';
import {
  acknowledgesAll,
  allOf,
  appliesOnce,
  describeAnswer,
  isAcknowledged,
  isBusy,
  takesEach,
} from '../runner/judge.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { typeOf } from './wire.js';
import { say } from '../../language/say.js';

const load: Family = {
  name: 'under-load',
  why: 'Events come in bursts. A receiver that fails under one gets every failed delivery again, on top of the next burst, until its hook is disabled.',
  fix: 'Acknowledge quickly: store the event and work later, with a pool that queues instead of failing.',
};

const MEBIBYTE = 1 << 20;

/** How long a body of which no more comes is left to be answered, in milliseconds. */
const PART_MS = 1000;

/** The first of two halves of a body of 10 MiB: who answers does not read bodies to their end. */
const sendPart = async (context: CaseContext): Promise<Attempt> =>
  context.write(
    'oddity',
    [],
    [
      context.head([typeOf(context), ['Content-Length', String(10 * MEBIBYTE)]]),
      'A'.repeat(5 * MEBIBYTE),
    ],
    { label: '5 MiB of 10', timeoutMs: PART_MS },
  );

const BURST = 100;

/** Much at once: large bodies, and many deliveries. */
export const loadCases: readonly ContractCase[] = [
  transportCase(load, {
    slug: 'body-limit',
    catalogue: 'P38',
    title: 'does not read a body of 10 MiB to its end',
    rule: 'Nothing that Truora sends is that large; a limit costs nothing.',
    source: 'RFC 9110 §15.5.14; the largest documented object has 21 kB',
    severity: 'low',
    level: 'may',
    stage: 'alone',
    fix: 'Set a body limit of a few MiB on this route.',
    why: 'Without a body limit anyone can fill your memory, a request at a time.',
    run: async (context) => {
      const attempt = await context.send('oddity', [], 'A'.repeat(10 * MEBIBYTE), {
        label: '10 MiB of A',
      });
      const { outcome } = attempt.exchange;
      const limited =
        outcome.kind === 'response' ? outcome.status === 413 : outcome.failure === 'reset';
      // Another status may have been given before the end was there: a part of the body tells.
      const part = limited || context.raw === undefined ? [] : [await sendPart(context)];
      const early = part.some(({ exchange }) => exchange.outcome.kind === 'response');
      return {
        attempts: [attempt, ...part],
        watched: [],
        judge: () => ({
          verdict: limited || early ? 'passed' : 'failed',
          expected: say`status 413, or a closed connection, or an answer before the body has ended`,
          actual: describeAnswer(attempt),
        }),
      };
    },
  }),
  transportCase(load, {
    slug: 'huge-bodies',
    catalogue: 'P38',
    title: 'survives bodies of 2 and 10 MiB',
    rule: 'Refuse with 413, or close; do not fall over.',
    source: 'body limits of HTTP servers',
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    fix: 'Set a body limit of a few MiB on this route.',
    why: 'Without a body limit anyone can fill your memory; with a careless one the process dies.',
    run: async (context) => {
      const attempts: Attempt[] = [];
      for (const size of [2, 10]) {
        attempts.push(
          await context.send('oddity', [], 'A'.repeat(size * MEBIBYTE), {
            label: `${size} MiB of A`,
          }),
        );
      }
      const event = context.event();
      const after = (await context.deliver([event], { label: 'genuine, afterwards' })).slice(-1);
      const bad = attempts.filter((attempt) => {
        const { outcome } = attempt.exchange;
        return outcome.kind === 'response'
          ? outcome.status < 400 || outcome.status >= 500
          : outcome.failure !== 'reset';
      });
      return {
        attempts: [...attempts, ...after],
        watched: [{ event, expected: 1 }],
        judge: (seen) =>
          allOf(takesEach(after, seen), {
            verdict: bad.length === 0 ? 'passed' : 'failed',
            expected: say`4xx or a closed connection`,
            actual: attempts.map((one) => `${one.label}: ${describeAnswer(one)}`).join('; '),
          }),
      };
    },
  }),
  transportCase(load, {
    suite: 'response',
    slug: 'burst-of-100',
    catalogue: 'P45',
    title: 'loses and repeats nothing in a burst of 100 events',
    rule: 'What was acknowledged is applied; what failed is applied on its retry.',
    source: 'pool exhaustion; files and rows that overwrite each other',
    severity: 'high',
    stage: 'alone',
    run: async (context) => {
      const events = Array.from({ length: BURST }, () => context.event());
      const burst = await context.race(
        events.map((event) => ({ events: [event], body: context.token([event]) })),
      );
      const failures = burst.filter((attempt) => !isAcknowledged(attempt));
      // A receiver that asks to come back later loses nothing by it.
      const broken = failures.filter((attempt) => !isBusy(attempt));
      const tooMany = broken.length * 5 > BURST * 4;
      const retried = tooMany
        ? []
        : await Promise.all(
            failures.map(async (attempt) =>
              (await context.deliver(attempt.events, { label: 'after the burst' })).slice(-1),
            ),
          );
      const attempts = [...burst.filter(isAcknowledged), ...retried.flat()];
      const expected = say`at most 80 of 100 deliveries failed, and each event applied once`;
      return {
        attempts: burst,
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) =>
          tooMany
            ? {
                verdict: 'failed',
                expected,
                actual: say`${broken.length} of ${BURST} failed, the first with ${broken
                  .slice(0, 1)
                  .map(describeAnswer)
                  .join('')}: this share disables a hook`,
              }
            : allOf(
                acknowledgesAll(attempts),
                ...(seen.facts.effects ? [appliesOnce(events, seen, { what: expected })] : []),
              ),
      };
    },
  }),
];
