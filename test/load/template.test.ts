/** Templates against the signer that everything else uses, and against libraries of others. */
import fc from 'fast-check';
import { createVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';
import jwt from 'jsonwebtoken';
import { expect, test } from 'vitest';
import { createRandom, pairs, signDelivery } from '../../simulator/index.js';
import { createTemplate } from '../../simulator/load/template.js';
import { key, templateOf } from './running.js';

const AT_SECONDS = 1_767_323_045;
const scratch = Buffer.alloc(1 << 20);

const names = fc.constantFrom(...pairs.map(({ name }) => name));
const numbers = fc.oneof(
  fc.nat(70_000),
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.constantFrom(255, 256, 4095, 4096, 65_535, 65_536, 2 ** 32 - 1, 2 ** 32, 2 ** 48 - 1),
);

test('every token is byte for byte what signDelivery gives, in any order of numbers and seconds', () => {
  fc.assert(
    fc.property(
      names,
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 }),
      fc.nat(),
      fc.array(fc.tuple(numbers, fc.nat(100_000)), { minLength: 1, maxLength: 12 }),
      fc.nat(300),
      (name, anyKey, seed, deliveries, at) => {
        const random = createRandom(seed);
        const template = createTemplate(name, { key: anyKey, random, atMs: AT_SECONDS * 1000 });
        for (const [number, later] of deliveries) {
          const iat = AT_SECONDS + later;
          const end = template.write(number, iat, scratch, at);
          expect(end - at).toBe(template.tokenBytes);
          expect(scratch.toString('latin1', at, end)).toBe(
            signDelivery(template.claimsOf(number, iat), anyKey),
          );
        }
      },
    ),
    { numRuns: 300, seed: 7 },
  );
});

test.each(pairs.map(({ name }) => name))(
  '%s is accepted by jsonwebtoken, jose and fast-jwt',
  async (name) => {
    const template = templateOf(name);
    const end = template.write(77, AT_SECONDS, scratch, 0);
    const token = scratch.toString('latin1', 0, end);
    const claims = template.claimsOf(77, AT_SECONDS);
    expect(jwt.verify(token, key, { algorithms: ['HS256'] })).toEqual(claims);
    expect(createVerifier({ key, algorithms: ['HS256'] })(token)).toEqual(claims);
    const { payload } = await jwtVerify(token, Buffer.from(key), { algorithms: ['HS256'] });
    expect(payload).toEqual(claims);
  },
);

test('each delivery is about an event and a resource of its own', () => {
  const template = templateOf('checks.finished');
  const [one, other] = [1, 2].map((number) => template.claimsOf(number, AT_SECONDS).events[0]);
  expect(one?.id).toMatch(/^HKE[0-9a-f]{40}$/);
  expect(one?.id).not.toBe(other?.id);
  expect(one?.object['check_id']).toMatch(/^CHK[0-9a-f]{32}$/);
  expect(one?.object['check_id']).not.toBe(other?.object['check_id']);
});

test('an event that there is not is said so', () => {
  expect(() => templateOf('checks.finnished')).toThrow(
    "there is no event named 'checks.finnished'",
  );
});
