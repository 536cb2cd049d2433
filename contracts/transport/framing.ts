import type { CaseContext, ContractCase } from '../runner/case.js';
import { isAcknowledged, refusesCut, statusOf, takesEach } from '../runner/judge.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const framing: Family = {
  name: 'http-framing',
  why: 'HTTP allows the same delivery in several shapes; proxies change them on the way.',
  fix: 'Let your HTTP server read the body; do not parse requests by hand.',
};

const LAST_CHUNK = '0\r\n\r\n';

/**
 * One chunk of the chunked transfer coding for each byte. Without extensions and trailers: nobody sends
 * them with a delivery, and Bun, workerd and others that read chunks well do not know them.
 */
const chunked = (body: string): string =>
  [...Buffer.from(body)]
    .map((byte) => `1\r\n${String.fromCharCode(byte)}\r\n`)
    .concat(LAST_CHUNK)
    .join('');

const typeOf = (context: CaseContext) => ['Content-Type', context.facts.contentType] as const;

/** Shapes that HTTP allows a delivery to have. */
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
            ? { verdict: 'passed', expected: say`2xx or 411`, actual: 'status 411' }
            : takesEach([attempt], seen),
      };
    },
  }),
  transportCase(framing, {
    slug: 'chunked-body-cut',
    catalogue: 'P16',
    title: 'does not apply a body whose last chunk never came',
    rule: 'A message without its end is incomplete.',
    source: 'RFC 9112 §8; servers that take an early end for the end',
    severity: 'medium',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const event = context.event();
      const whole = chunked(context.token([event]));
      const attempt = await context.write(
        'oddity',
        [event],
        [
          context.head([typeOf(context), ['Transfer-Encoding', 'chunked']]),
          whole.slice(0, -LAST_CHUNK.length),
        ],
        { label: 'closed before the last chunk', then: 'end' },
      );
      return {
        attempts: [attempt],
        watched: [{ event, expected: 0 }],
        judge: (seen) => refusesCut(attempt, seen),
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
];
