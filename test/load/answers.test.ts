/** Answers that repeat themselves are read as the parser alone reads them. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAnswers } from '../../simulator/load/answers.js';
import { createResponseParser } from '../../simulator/load/response-parser.js';

const answers = [
  'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 X\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
  `HTTP/1.1 200 OK\r\nX: ${'long'.repeat(200)}\r\nContent-Length: 0\r\n\r\n`,
  'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n',
];

/** Pieces as reads give them: whole answers mostly, often the same; now and then cut or joined. */
const pieces = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...answers.slice(0, 5)) },
    { weight: 1, arbitrary: fc.constantFrom(...answers) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...answers), fc.nat(60), fc.nat(60))
        .map(([text, from, length]) => text.slice(from, from + length + 1) || 'H'),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...answers), fc.constantFrom(...answers))
        .map(([one, other]) => one + other),
    },
  ),
  { maxLength: 20 },
);

const read = (make: typeof createAnswers, all: readonly string[]) => {
  const seen: (readonly [number, boolean])[] = [];
  const reader = make({ answered: (...answer) => seen.push(answer) });
  const buffer = Buffer.alloc(4096);
  const sound = all.map((text) => reader.push(buffer, buffer.write(text, 'latin1')));
  reader.end();
  return { seen, sound, isBetween: reader.isBetween() };
};

test('any pieces are read alike', () => {
  fc.assert(
    fc.property(pieces, (all) => {
      expect(read(createAnswers, all)).toEqual(read(createResponseParser, all));
    }),
    { numRuns: 3000, seed: 7 },
  );
});

test('the same answer counts each time', () => {
  const [first = ''] = answers;
  const { seen } = read(createAnswers, [first, first, first]);
  expect(seen).toEqual([
    [200, true],
    [200, true],
    [200, true],
  ]);
});
