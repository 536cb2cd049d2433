/** Deliveries of any claims against the signer that everything else uses. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signDelivery } from '../../simulator/index.js';
import type { DeliveryClaims } from '../../simulator/index.js';
import { createClaimed } from '../../simulator/load/claimed.js';
import { recorder } from '../sender/servers.js';
import { idIn, key, load, templateOf } from './running.js';

const IAT = 1_767_323_045;
const scratch = Buffer.alloc(1 << 16);
const template = templateOf();

/** A delivery's claims with a text in it that is its own. */
const claimsWith = (number: number, text: string): DeliveryClaims => {
  const claims = template.claimsOf(number, IAT);
  const events = claims.events.map((event) => ({ ...event, object: { ...event.object, text } }));
  return { ...claims, events };
};

test('every token is byte for byte what signDelivery gives, whatever its length', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }),
      fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { minLength: 1, maxLength: 8 }),
      fc.nat(300),
      (anyKey, texts, at) => {
        const options = { key: anyKey, payloadBytesMax: 8192 };
        const claimed = createClaimed((number) => claimsWith(number, texts[number] ?? ''), options);
        for (const [number, text] of texts.entries()) {
          const end = claimed.write(number, IAT, scratch, at);
          const token = scratch.toString('latin1', at, end);
          expect(token).toBe(signDelivery(claimsWith(number, text), anyKey));
          expect(token.length).toBeLessThanOrEqual(claimed.tokenBytes);
        }
      },
    ),
    { numRuns: 200, seed: 7 },
  );
});

test.each([['a'], ['é'], ['✓'], ['😀']])('a payload one byte too long is refused: %s', (letter) => {
  const text = letter.repeat(50);
  const bytes = Buffer.byteLength(JSON.stringify(claimsWith(1, text)));
  const writeWith = (payloadBytesMax: number): number =>
    createClaimed(() => claimsWith(1, text), { key, payloadBytesMax }).write(1, IAT, scratch, 0);
  expect(writeWith(bytes)).toBeGreaterThan(0);
  expect(() => writeWith(bytes - 1)).toThrow(`the claims of delivery 1 exceed ${bytes - 1} bytes`);
});

test.each([
  ['one at a time', 1],
  ['pipelined', 8],
])(
  'deliveries of different lengths all arrive, beside those of a template: %s',
  async (_name, pipelining) => {
    const { origin, received } = await recorder();
    const textOf = (number: number): string => 'é'.repeat((number * 37) % 4000);
    const claimed = createClaimed((number) => claimsWith(number, textOf(number)), {
      key,
      payloadBytesMax: 20_000,
    });
    const { figures } = await load(origin, {
      count: 200,
      pipelining,
      templates: [claimed, template],
    });
    expect(figures).toMatchObject({ requests: 200, statuses: { 200: 200 }, failures: {} });
    expect(new Set(received.map(({ body }) => idIn(body))).size).toBe(200);
  },
);
