/** Answers of all kinds, cut at every place. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createResponseParser } from '../../simulator/load/response-parser.js';

type Seen = readonly (readonly [status: number, keeps: boolean])[];

/** What is read of these bytes in such pieces; 'broken' where they make no sense. */
const read = (
  pieces: readonly Buffer[],
  ends = false,
): { readonly seen: Seen; readonly sound: boolean } => {
  const seen: [number, boolean][] = [];
  const parser = createResponseParser({ answered: (...answer) => void seen.push(answer) });
  let sound = true;
  for (const piece of pieces) {
    // As the socket does it: a buffer that is longer than what is in it, and used again.
    const buffer = Buffer.concat([piece, Buffer.from('HTTP/1.1 999 stale\r\n')]);
    sound = parser.push(buffer, piece.length);
    buffer.fill(0);
  }
  if (ends) parser.end();
  return { seen, sound };
};

const sound: readonly (readonly [name: string, text: string, seen: Seen])[] = [
  ['an empty body', 'HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', [[200, true]]],
  ['a body', 'HTTP/1.1 201 Created\r\ncontent-length:  5 \r\n\r\nhello', [[201, true]]],
  ['no reason', 'HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n', [[200, true]]],
  ['no body by status', 'HTTP/1.1 204 No Content\r\nDate: x\r\n\r\n', [[204, true]]],
  ['bare newlines', 'HTTP/1.1 200 OK\nContent-Length: 2\n\nok', [[200, true]]],
  [
    'chunks, an extension and a trailer',
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;a=b\r\nWiki\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n',
    [[200, true]],
  ],
  [
    'an interim answer before',
    'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 500 No\r\nContent-Length: 1\r\n\r\nx',
    [[500, true]],
  ],
  [
    'an end that is announced',
    'HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 0\r\n\r\n',
    [[200, false]],
  ],
  ['HTTP/1.0', 'HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n', [[200, false]]],
  [
    'HTTP/1.0 that stays',
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n',
    [[200, true]],
  ],
  [
    'the same length twice',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx',
    [[200, true]],
  ],
  [
    'three in a row',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 429 Slow\r\nContent-Length: 0\r\n\r\nHTTP/1.1 204 X\r\n\r\n',
    [
      [200, true],
      [429, true],
      [204, true],
    ],
  ],
];

describe('sound answers, in any pieces', () => {
  test.each(sound)('%s', (_name, text, seen) => {
    const bytes = Buffer.from(text);
    expect(read([bytes])).toEqual({ seen, sound: true });
    expect(read([...bytes].map((byte) => Buffer.from([byte])))).toEqual({ seen, sound: true });
    for (let at = 0; at <= bytes.length; at++) {
      expect(read([bytes.subarray(0, at), bytes.subarray(at)])).toEqual({ seen, sound: true });
    }
  });

  test('a body that ends with the connection', () => {
    const text = Buffer.from('HTTP/1.1 200 OK\r\n\r\nas long as it takes');
    expect(read([text])).toEqual({ seen: [], sound: true });
    expect(read([text], true)).toEqual({ seen: [[200, false]], sound: true });
  });

  test('half an answer is none', () => {
    expect(
      read([Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel')], true).seen,
    ).toEqual([]);
  });
});

describe('what is no answer', () => {
  test.each([
    ['another protocol', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['HTTP/2', 'HTTP/2.0 200 OK\r\n'],
    ['letters for a status', 'HTTP/1.1 2x0 OK\r\n'],
    ['a long status', 'HTTP/1.1 2000 OK\r\n'],
    ['a small status', 'HTTP/1.1 099 OK\r\n'],
    ['a switch of protocols', 'HTTP/1.1 101 Switching\r\n'],
    ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n'],
    ['a header without a colon', 'HTTP/1.1 200 OK\r\nnothing\r\n'],
    ['a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n'],
    ['no length', 'HTTP/1.1 200 OK\r\nContent-Length:\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n'],
    ['a chunk of no size', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n'],
    ['a chunk that is longer', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n'],
    ['an encoding that is not known', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n'],
    ['an endless line', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`],
    ['an endless head', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`],
  ])('%s', (_name, text) => {
    expect(read([Buffer.from(text)])).toEqual({ seen: [], sound: false });
  });

  test('no bytes whatever make it throw', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (pieces) => {
        const { seen } = read(pieces.map((piece) => Buffer.from(piece)));
        expect(seen.every(([status]) => status >= 200 && status <= 999)).toBe(true);
      }),
      { seed: 5 },
    );
  });
});
