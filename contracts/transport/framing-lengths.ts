import type { ContractCase } from '../runner/case.js';
import { refusesAll, toleratesAll } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { createForgeKit } from '../verification/forge.js';
import { forged } from './forged.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { lengthOf, oneChunk, plainHead, typeOf } from './wire.js';

const framing: Family = {
  name: 'broken-framing',
  why: 'Where two servers in a row disagree about the end of a request, a stranger’s bytes become the next one’s beginning; and half a body is taken for a whole one.',
  fix: 'Let a maintained HTTP server read the body, strictly, and close the connection after a request that it could not read.',
};

const CHUNK_SIZES = ['zz', '-1', '0x10', 'FFFFFFFFFFFFFFFFF'] as const;

/** Requests whose length is wrong, twofold or unreadable. Any refusal will do, with or without words. */
export const framingLengthCases: readonly ContractCase[] = [
  transportCase(framing, {
    slug: 'bad-chunk-size',
    catalogue: 'P17',
    title: 'survives chunk sizes that are no numbers',
    rule: 'A chunk that cannot be read is refused, or the connection closed.',
    source: 'RFC 9112 §7.1',
    severity: 'low',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const attempts = await Promise.all(
        CHUNK_SIZES.map(async (size) => {
          const event = context.event();
          const head = context.head([typeOf(context), ['Transfer-Encoding', 'chunked']]);
          return context.write('oddity', [event], [head, oneChunk(context.token([event]), size)], {
            label: `chunk size ${size}`,
            then: 'end',
          });
        }),
      );
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => toleratesAll(attempts, seen, { waits: true }),
      };
    },
  }),
  transportCase(framing, {
    slug: 'length-and-chunks',
    catalogue: 'P18',
    title: 'does not run forgeries behind a request with a length and chunks',
    rule: 'A request with both Content-Length and Transfer-Encoding is refused, or read as chunks.',
    source: 'RFC 9112 §6.3',
    severity: 'medium',
    level: 'should',
    // The first request may rightly be taken: only effects tell the two apart.
    needs: ['socket', 'effects'],
    run: async (context) => {
      const [first, behind] = [context.event(), context.event()];
      const forgery = forged(createForgeKit(context, behind));
      const chunks = oneChunk(context.token([first]));
      const next = `${context.head([typeOf(context), lengthOf(forgery)])}${forgery}`;
      const head = context.head([
        typeOf(context),
        lengthOf(chunks + next),
        ['Transfer-Encoding', 'chunked'],
      ]);
      const attempt = await context.write('hostile', [behind], [head, chunks + next], {
        label: 'a forgery behind the last chunk',
      });
      return {
        attempts: [attempt],
        watched: watchAbsent([attempt]),
        judge: (seen) => refusesAll([attempt], seen, { closes: true }),
      };
    },
  }),
  transportCase(framing, {
    slug: 'two-lengths',
    catalogue: 'P19',
    title: 'refuses a request with two lengths',
    rule: 'Lengths that differ cannot be mended.',
    source: 'RFC 9112 §6.3',
    severity: 'medium',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const attempts = await Promise.all(
        [-5, 5].map(async (more) => {
          const event = context.event();
          const body = context.token([event]);
          const other = String(body.length + more);
          const head = plainHead(context, body, [['Content-Length', other]]);
          return context.write('oddity', [event], [head, body], {
            label: `the second length ${more > 0 ? 'larger' : 'smaller'}`,
            then: 'end',
          });
        }),
      );
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => refusesAll(attempts, seen, { closes: true }),
      };
    },
  }),
  transportCase(framing, {
    slug: 'odd-lengths',
    catalogue: 'P19',
    title: 'survives lengths that are no decimal numbers',
    rule: 'A length that cannot be read is refused, or the connection closed.',
    source: 'RFC 9112 §6.3; RFC 9110 §8.6',
    severity: 'low',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const attempts = await Promise.all(
        (['+n', '-1', '0xn'] as const).map(async (form) => {
          const event = context.event();
          const body = context.token([event]);
          const length = form.replace('n', body.length.toString(form === '0xn' ? 16 : 10));
          const head = context.head([typeOf(context), ['Content-Length', length]]);
          return context.write('oddity', [event], [head, body], {
            label: `Content-Length ${form}`,
            then: 'end',
          });
        }),
      );
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge: (seen) => toleratesAll(attempts, seen, { waits: true }),
      };
    },
  }),
  transportCase(framing, {
    slug: 'length-too-small',
    catalogue: 'P20',
    title: 'applies neither a token that its length cuts nor what follows it',
    rule: 'What lies behind a request’s end is a request only if it reads as one.',
    source: 'RFC 9112 §6.3',
    severity: 'medium',
    level: 'should',
    needs: ['socket'],
    run: async (context) => {
      const [cut, next] = [context.event(), context.event()];
      const body = context.token([cut]);
      const behind = context.token([next]);
      const attempt = await context.write(
        'oddity',
        [cut, next],
        [
          context.head([typeOf(context), ['Content-Length', String(body.length - 20)]]),
          `${body}\r\n${plainHead(context, behind)}${behind}`,
        ],
        { label: 'the token’s last 20 bytes left over' },
      );
      return {
        attempts: [attempt],
        watched: watchAbsent([attempt]),
        judge: (seen) => refusesAll([attempt], seen, { closes: true }),
      };
    },
  }),
];
