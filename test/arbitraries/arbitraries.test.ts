import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  batch,
  delivery,
  event,
  eventOf,
  forgedToken,
  lifecycle,
  schedule,
  twins,
} from '../../contracts/arbitraries/index.js';
import { lengthOf } from '../../contracts/schedule/schedule.js';
import jwt from 'jsonwebtoken';
import { pairs, products, resourceIdOf } from '../../simulator/index.js';
import { claimsSchema, eventSchema, eventSchemaOf } from '../../simulator/catalog/schemas.js';

const KEY = 'a key of the tests';
const nowMs = () => Date.parse('2026-01-01T12:00:00Z');
const seed = 7;

describe('events', () => {
  test.each(pairs.map(({ name }) => name))('of %s fit their schema', (name) => {
    const schema = eventSchemaOf(name);
    fc.assert(
      fc.property(eventOf(name), (one) => {
        expect(schema.safeParse(one).error?.issues).toBe(undefined);
      }),
      { seed, numRuns: 60 },
    );
  });

  test('of any pair come, and go through JSON unchanged', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(event(), (one) => {
        seen.add(`${one.event_type}.${one.event_action}`);
        expect(eventSchema.safeParse(JSON.parse(JSON.stringify(one))).success).toBe(true);
      }),
      { seed, numRuns: 800 },
    );
    expect(seen.size).toBe(pairs.length);
  });

  test('shrink to what can be read', () => {
    const { counterexample } = fc.check(
      fc.property(eventOf('document_validation.succeeded'), ({ id }) => id === ''),
      { seed },
    );
    expect(JSON.stringify(counterexample?.[0]).length).toBeLessThan(1000);
    expect(counterexample?.[0].id).toMatch(/^HKE0{40}$/u);
  });

  test('of an unknown pair are a mistake', () => {
    expect(() => eventOf('checks.finshed')).toThrow(/checks\.finshed/u);
  });
});

describe('batches and lives', () => {
  test.each(products.map(({ slug }) => slug))(
    'a life of %s is one resource, in any order',
    (slug) => {
      const orders = new Set<string>();
      const actions = pairs.filter(({ product }) => product === slug).length;
      fc.assert(
        fc.property(lifecycle(slug), (events) => {
          expect(new Set(events.map(resourceIdOf)).size).toBe(1);
          expect(new Set(events.map(({ id }) => id)).size).toBe(actions);
          expect(events.every((one) => eventSchema.safeParse(one).success)).toBe(true);
          orders.add(events.map(({ event_action: action }) => action).join());
        }),
        { seed, numRuns: 40 },
      );
      expect(orders.size).toBeGreaterThan(actions > 1 ? 1 : 0);
    },
  );

  test('twins differ, and a little only', () => {
    const hows = new Set<string>();
    fc.assert(
      fc.property(twins({ strict: true }), ({ events: [one, other], how }) => {
        hows.add(how);
        expect(one.id).not.toBe(other.id);
        expect(one.id).toHaveLength(other.id.length);
        const apart = Array.from(one.id).filter((letter, at) => letter !== other.id[at]).length;
        if (how === 'the case of the key')
          expect(one.id.toLowerCase()).toBe(other.id.toLowerCase());
        else expect(apart).toBe(1);
        if (how === 'the key alone') expect(other).toEqual({ ...one, id: other.id });
      }),
      { seed, numRuns: 300 },
    );
    expect(hows.size).toBe(3);
    fc.assert(
      fc.property(twins(), ({ how }) => how !== 'the case of the key'),
      { seed, numRuns: 100 },
    );
  });

  test('batches hold one event or more, of the kinds asked for', () => {
    const sizes = new Set<number>();
    fc.assert(
      fc.property(batch(), (events) => {
        sizes.add(Math.min(events.length, 3));
      }),
      { seed, numRuns: 200 },
    );
    expect([...sizes].toSorted()).toEqual([1, 2, 3]);
    fc.assert(
      fc.property(batch({ pairs: ['checks.finished'] }), (events) =>
        events.every(({ event_action: action }) => action === 'finished'),
      ),
      { seed, numRuns: 50 },
    );
  });
});

describe('deliveries', () => {
  test('are verified by jsonwebtoken, and fit the claims’ schema', () => {
    fc.assert(
      fc.property(delivery({ key: KEY, nowMs, events: batch() }), ({ token, events, iat }) => {
        const claims = jwt.verify(token, KEY, {
          algorithms: ['HS256'],
          clockTimestamp: nowMs() / 1000,
        });
        expect(claims).toEqual(JSON.parse(JSON.stringify({ events, iat, iss: 'Truora' })));
        expect(claimsSchema.safeParse(claims).error?.issues ?? []).toEqual(
          new Set(events.map(({ id }) => id.toLowerCase())).size === 0 ? expect.anything() : [],
        );
      }),
      { seed, numRuns: 200 },
    );
  });

  test('never show a whole token where a test fails', () => {
    const tokens: string[] = [];
    const details = fc.check(
      fc.property(delivery({ key: KEY, nowMs }), ({ token }) => {
        tokens.push(token);
        return false;
      }),
      { seed },
    );
    const report = fc.defaultReportMessage(details) ?? '';
    expect(report).toContain('token');
    expect(tokens.some((token) => report.includes(token))).toBe(false);
  });
});

describe('forgeries', () => {
  test('are refused by a right receiver, and come in many kinds', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(forgedToken({ key: KEY, nowMs }), ({ token, how }) => {
        kinds.add(how.replaceAll(/\d+|"\w+"/gu, '…'));
        const options = { algorithms: ['HS256' as const], clockTimestamp: nowMs() / 1000 };
        expect(() => jwt.verify(token, KEY, options)).toThrow();
      }),
      { seed, numRuns: 500 },
    );
    expect(kinds.size).toBeGreaterThanOrEqual(12);
  });

  test('find a receiver that believes the token’s own header', () => {
    const believes = (token: string): boolean => {
      const { alg } = JSON.parse(
        Buffer.from(token.split('.')[0] ?? '', 'base64url').toString(),
      ) as { readonly alg: string };
      if (alg.toLowerCase() === 'none') return true;
      try {
        return Boolean(jwt.verify(token, KEY, { clockTimestamp: nowMs() / 1000 }));
      } catch {
        return false;
      }
    };
    const { counterexample } = fc.check(
      fc.property(forgedToken({ key: KEY, nowMs }), ({ token }) => !believes(token)),
      { seed },
    );
    expect(counterexample?.[0].how).toBe('unsigned, with alg "none"');
  });
});

test('schedules are short, and hold what they are allowed', () => {
  fc.assert(
    fc.property(schedule({ kinds: ['deliver', 'copy'] }), (one) => {
      expect(lengthOf(one)).toBeLessThanOrEqual(7);
      expect(one.commands.every(({ do: kind }) => kind === 'deliver' || kind === 'copy')).toBe(
        true,
      );
    }),
    { seed, numRuns: 100 },
  );
});
