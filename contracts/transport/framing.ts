import type { Attempt, CaseContext, ContractCase } from '../runner/case.js';
import {
  acknowledgesAll,
  allOf,
  appliesOnce,
  describeAnswer,
  isAcknowledged,
  refusesAll,
  statusOf,
  takesEach,
} from '../runner/judge.js';
import { createForgeKit, signed } from '../verification/forge.js';
import { transportCase } from './transport-case.js';
import type { TransportFamily } from './transport-case.js';

const framing: TransportFamily = {
  name: 'http-framing',
  why: 'HTTP allows the same delivery in several shapes; proxies change them on the way.',
  fix: 'Let your HTTP server read the body; do not parse requests by hand.',
};

const connections: TransportFamily = {
  name: 'shared-connection',
  why: 'Something of one request is still there for the next on the same connection: a forgery passes on another’s proof, or a genuine delivery hangs.',
  fix: 'Keep nothing between requests; read or close what you refuse.',
};

const load: TransportFamily = {
  name: 'under-load',
  why: 'Events come in bursts. A receiver that fails under one gets every failed delivery again, on top of the next burst, until its hook is disabled.',
  fix: 'Acknowledge quickly: store the event and work later, with a pool that queues instead of failing.',
};

/** One chunk of the chunked transfer coding for each byte, with an extension, then a trailer. */
const chunked = (body: string): string =>
  [...Buffer.from(body)]
    .map((byte) => `1;hookproof=1\r\n${String.fromCharCode(byte)}\r\n`)
    .concat('0\r\nX-Trailer: 1\r\n\r\n')
    .join('');

const typeOf = (context: CaseContext) => ['Content-Type', context.facts.contentType] as const;

const MEBIBYTE = 1 << 20;

const BURST = 100;

export const framingCases: readonly ContractCase[] = [
  transportCase(framing, {
    slug: 'chunked-body',
    catalogue: 'P15',
    title: 'takes a body in chunks of one byte',
    rule: 'A recipient must be able to parse the chunked transfer coding.',
    source: 'RFC 9112 §7.1; 411 is a right answer too (RFC 9110 §15.5.12)',
    severity: 'high',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const head = context.head([
        typeOf(context),
        ['Transfer-Encoding', 'chunked'],
        ['Connection', 'close'],
      ]);
      const attempt = await context.write(
        'oddity',
        [event],
        [head, chunked(context.token([event]))],
        { label: 'chunks of one byte' },
      );
      return {
        attempts: [attempt],
        watched: [{ event, expected: isAcknowledged(attempt) ? 1 : 0 }],
        judge: (seen) =>
          statusOf(attempt) === 411
            ? { verdict: 'passed', expected: '2xx or 411', actual: 'status 411' }
            : takesEach([attempt], seen),
      };
    },
  }),
  transportCase(framing, {
    slug: 'chunked-body-cut',
    catalogue: 'P16',
    title: 'does not apply a body whose last chunk never came',
    rule: 'A message without its end is incomplete.',
    source: 'RFC 9112 §8',
    severity: 'high',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const whole = chunked(context.token([event]));
      const attempt = await context.write(
        'oddity',
        [event],
        [
          context.head([typeOf(context), ['Transfer-Encoding', 'chunked']]),
          whole.slice(0, whole.indexOf('0\r\nX-Trailer')),
        ],
        { label: 'closed before the last chunk', then: 'end' },
      );
      return {
        attempts: [attempt],
        watched: [{ event, expected: 0 }],
        judge: (seen) =>
          isAcknowledged(attempt) || seen.facts.effects
            ? refusesAll([attempt], seen, { closes: true })
            : { verdict: 'passed', expected: 'no 2xx', actual: describeAnswer(attempt) },
      };
    },
  }),
  transportCase(framing, {
    slug: 'header-names-in-any-case',
    catalogue: 'P36',
    title: 'takes header names in any case',
    rule: 'Field names are case-insensitive.',
    source: 'RFC 9110 §5.1',
    severity: 'medium',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const body = context.token([event]);
      const attempt = await context.write(
        'genuine',
        [event],
        [
          context.head([
            ['cOnTeNt-TyPe', context.facts.contentType],
            ['CONTENT-length', String(Buffer.byteLength(body))],
            ['connection', 'close'],
          ]),
          body,
        ],
        { label: 'mixed case' },
      );
      return {
        attempts: [attempt],
        watched: [{ event, expected: 1 }],
        judge: (seen) => takesEach([attempt], seen),
      };
    },
  }),
  transportCase(connections, {
    slug: 'keep-alive-alternating',
    catalogue: 'P29',
    title: 'judges 100 requests on one connection each by itself',
    rule: 'Each request is verified by itself.',
    source: 'state that leaks between requests',
    severity: 'high',
    stage: 'alone',
    run: async (context) => {
      const shots = Array.from({ length: 100 }, (_unused, index) => {
        const event = context.event();
        const kit = createForgeKit(context, event);
        return index % 2 === 0
          ? { intent: 'genuine' as const, event, body: kit.token }
          : {
              intent: 'hostile' as const,
              event,
              body: signed({ payload: kit.payload, key: kit.strangersKey }),
            };
      });
      const attempts = await context.onOneConnection(
        shots.map(({ intent, event, body }, index) => ({
          intent,
          events: [event],
          body,
          label: `${intent} ${index + 1}`,
        })),
      );
      const having = (intent: 'genuine' | 'hostile') =>
        attempts.filter((attempt) => attempt.intent === intent);
      return {
        attempts,
        watched: shots.map(({ event, intent }) => ({
          event,
          expected: intent === 'genuine' ? (1 as const) : (0 as const),
        })),
        judge: (seen) =>
          allOf(takesEach(having('genuine'), seen), refusesAll(having('hostile'), seen)),
      };
    },
  }),
  transportCase(connections, {
    slug: 'request-after-a-refused-body',
    catalogue: 'P31',
    title: 'answers the next request on a connection after it refused a large body',
    rule: 'Read what you refuse, or close the connection.',
    source: 'RFC 9112 §9.6',
    severity: 'medium',
    level: 'should',
    stage: 'alone',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const attempts = await context.onOneConnection([
        { intent: 'oddity', events: [], body: 'A'.repeat(2 * MEBIBYTE), label: '2 MiB of A' },
        {
          intent: 'genuine',
          events: [event],
          body: context.token([event]),
          label: 'genuine, next',
        },
      ]);
      const genuine = attempts.slice(1);
      return {
        attempts,
        watched: [{ event, expected: 1 }],
        judge: (seen) => takesEach(genuine, seen),
      };
    },
  }),
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
      return {
        attempts: [attempt],
        watched: [],
        judge: () => ({
          verdict: limited ? 'passed' : 'failed',
          expected: 'status 413, or a closed connection',
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
            expected: '4xx or a closed connection',
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
      const tooMany = failures.length * 5 > BURST * 4;
      const retried = tooMany
        ? []
        : await Promise.all(
            failures.map(async (attempt) =>
              (await context.deliver(attempt.events, { label: 'after the burst' })).slice(-1),
            ),
          );
      const attempts = [...burst.filter(isAcknowledged), ...retried.flat()];
      const expected = 'at most 80 of 100 deliveries failed, and each event applied once';
      return {
        attempts: burst,
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) =>
          tooMany
            ? {
                verdict: 'failed',
                expected,
                actual: `${failures.length} of ${BURST} failed, the first with ${failures
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
