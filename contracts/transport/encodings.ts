import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { ContractCase } from '../runner/case.js';
import { takesEach } from '../runner/judge.js';
import { createBomb } from './bomb.js';
import { transportCase } from './transport-case.js';
import type { Family } from '../runner/family.js';
import { takenOrRefused, unusual } from './unusual.js';
import type { Way } from './unusual.js';

const codings: Family = {
  name: 'content-encodings',
  why: 'A body that is inflated before it is checked can be a thousand times what was sent: one request fills your memory, or its exception ends the process.',
  fix: 'Answer 415 to a Content-Encoding, or inflate within the body limit and catch what the decoder throws.',
};

const inCoding = (coding: string, compress: (token: string) => Uint8Array): Way => ({
  label: coding,
  request: (token) => ({
    body: compress(token),
    options: { headers: [['Content-Encoding', coding]] },
  }),
});

/** Bodies under a Content-Encoding: right, wrong, and hostile. */
export const encodingCases: readonly ContractCase[] = [
  transportCase(unusual, {
    slug: 'compressed',
    catalogue: 'P12',
    title: 'takes or refuses a compressed body',
    rule: 'A coding that is not supported is refused with 415; what is acknowledged is applied.',
    source: 'RFC 9110 §8.4, §15.5.16',
    severity: 'low',
    level: 'should',
    run: async (context) =>
      takenOrRefused(context, [
        inCoding('gzip', gzipSync),
        inCoding('deflate', deflateSync),
        inCoding('br', brotliCompressSync),
      ]),
  }),
  transportCase(codings, {
    slug: 'not-compressed-as-labelled',
    catalogue: 'P13',
    title: 'survives a plain body that is labelled gzip',
    rule: 'What cannot be decoded is the client’s fault: 4xx, and the next delivery is taken.',
    source: 'decoders that report an error where nobody listens',
    severity: 'medium',
    level: 'should',
    run: async (context) => {
      const plain = (token: string): Uint8Array => Buffer.from(token);
      const cut = (token: string): Uint8Array => gzipSync(token).subarray(0, -12);
      return takenOrRefused(context, [
        inCoding('gzip', plain),
        { ...inCoding('gzip', cut), label: 'gzip, cut' },
      ]);
    },
  }),
  transportCase(codings, {
    slug: 'decompression-bomb',
    catalogue: 'P14',
    title: 'survives 50 kB of gzip that become 50 MiB',
    rule: 'A body limit holds for what comes out of a decoder.',
    source: 'CWE-409',
    severity: 'high',
    stage: 'alone',
    run: async (context) => {
      const bomb = createBomb();
      const attempts = [
        await context.send('oddity', [], bomb, {
          label: 'gzip',
          headers: [['Content-Encoding', 'gzip']],
        }),
        await context.send('oddity', [], gzipSync(bomb), {
          label: 'gzip, gzip',
          headers: [['Content-Encoding', 'gzip, gzip']],
        }),
      ];
      const event = context.event();
      const after = (await context.deliver([event], { label: 'genuine, afterwards' })).slice(-1);
      return {
        attempts: [...attempts, ...after],
        watched: [{ event, expected: 1 }],
        judge: (seen) => takesEach(after, seen),
      };
    },
  }),
];
