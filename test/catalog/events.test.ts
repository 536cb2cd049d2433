import { describe, expect, test } from 'vitest';
import {
  createEvent,
  createResource,
  findPair,
  findProduct,
  pairs,
  resourceIdOf,
} from '../../simulator/catalog/index.js';
import { createRandom, type Random } from '../../simulator/core/random.js';

const instantMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

const storyOf = (slug: string, random: Random) => {
  const resource = createResource(slug, random, instantMs);
  return pairs
    .filter(({ product }) => product === slug)
    .map((pair, index) => createEvent(pair, resource, random, instantMs + index * 90_000));
};

const thrownBy = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

describe.each(pairs)('$name', (pair) => {
  const random = createRandom(pair.name);
  const resource = createResource(pair.product, random, instantMs);
  const event = createEvent(pair, resource, random, instantMs);

  test('has its fields in the order they are sent', () => {
    expect(Object.keys(event)).toEqual([
      'id',
      'event_type',
      'event_action',
      'version',
      'timestamp',
      'object',
    ]);
  });

  test('has an id of its own and the time in whole seconds', () => {
    expect(event.id).toMatch(/^HKE[0-9a-f]{40}$/);
    expect(event.timestamp).toBe('2026-01-02T03:04:05Z');
    expect(event.version).toBe('1.0');
  });

  test('is about its resource, whatever its event type is called', () => {
    expect(resourceIdOf(event)).toBe(resource.id);
    expect(resourceIdOf({ ...event, event_type: 'renamed' })).toBe(resource.id);
    expect(event.object[findProduct(pair.product).resourceIdField]).toBe(resource.id);
  });

  test('has dates with nanoseconds, the creation before the event', () => {
    const { creation_date: created, update_date: updated } = event.object;
    expect(created).toMatch(/^2026-01-02T03:04:0[45]\.\d{9}Z$/);
    if (updated !== undefined) expect(updated).toMatch(/^2026-01-02T03:04:05\.678\d{6}Z$/);
    expect(Date.parse(String(created))).toBeLessThan(instantMs);
  });

  test('has a status exactly if its product has', () => {
    const { statusField, statuses } = findProduct(pair.product);
    const status = statusField === null ? undefined : event.object[statusField];
    expect(status).toBe(statuses[pair.action]?.[0]);
  });

  test('is small', () => {
    const bytes = new TextEncoder().encode(JSON.stringify(event)).length;
    expect(bytes).toBeGreaterThan(350);
    expect(bytes).toBeLessThan(1000);
  });
});

describe('the events of one resource', () => {
  test('keep what earlier ones said, and add to it', () => {
    const [created, , finished] = storyOf('checks', createRandom(7)).map(({ object }) => object);
    const { status, score, ...stable } = created ?? {};
    expect(finished).toMatchObject(stable);
    expect([status, score]).toEqual(['not_started', -1]);
    expect(finished).toMatchObject({ status: 'completed', scores: expect.any(Array) });
    expect(created).not.toHaveProperty('update_date');
  });

  test('repeat the object, with a fresh id, when made again', () => {
    const random = createRandom('again');
    const resource = createResource('digital_identity', random, instantMs);
    const pair = findPair('digital_identity.failed');
    const one = createEvent(pair, resource, random, instantMs);
    const other = createEvent(pair, resource, random, instantMs);
    expect(other.object).toEqual(one.object);
    expect(other.id).not.toBe(one.id);
  });

  test('sometimes belong to an identity process, sometimes stand alone', () => {
    const owners = Array.from({ length: 40 }, (_, seed) =>
      createResource('phone_validation', createRandom(seed), instantMs),
    ).map(({ identityProcessId }) => identityProcessId === null);
    expect(new Set(owners)).toEqual(new Set([true, false]));
  });
});

describe('chance', () => {
  test('makes the same text from the same seed', () => {
    const make = () => JSON.stringify(storyOf('checks', createRandom('seed')));
    expect(make()).toBe(make());
  });

  test('makes fresh ids from every fork, whatever was drawn before', () => {
    const random = createRandom('seed');
    const first = storyOf('checks', random.fork('one'));
    random.uint32();
    const second = storyOf('checks', random.fork('two'));
    const ids = [...first, ...second].map(({ id }) => id);
    expect(new Set(ids).size).toBe(8);
    expect(storyOf('checks', random.fork('one'))).toEqual(first);
  });

  test('repeats no id in ten thousand events', () => {
    const random = createRandom('many');
    const pair = findPair('phone_validation.created');
    const ids = Array.from({ length: 10_000 }, () => {
      const resource = createResource(pair.product, random, instantMs);
      return [resource.id, createEvent(pair, resource, random, instantMs).id];
    }).flat();
    expect(new Set(ids).size).toBe(20_000);
  });
});

describe('mistakes', () => {
  test.each([
    ['checks.finish', "did you mean 'checks.finished'? "],
    ['check.finished', "did you mean 'checks.finished'? "],
    ['Digital-Identity.succeeded', "did you mean 'digital_identity.succeeded'? "],
    ['phone_validation.success', "did you mean 'phone_validation.succeeded'? "],
    ['nothing like it', ''],
    ['', ''],
  ])('an unknown name %j is answered with what is alike', (name, hint) => {
    expect(thrownBy(() => findPair(name))).toMatchObject({
      code: 'unknown_event',
      message: `there is no event named '${name}'`,
      remedy: `${hint}'hookproof list events' shows all of them`,
    });
  });

  test('an unknown product is answered with the list', () => {
    expect(thrownBy(() => createResource('check', createRandom(1), instantMs))).toMatchObject({
      code: 'unknown_event',
      message: "there is no product named 'check'",
      remedy: expect.stringMatching(/^name one of: checks, continuous_checks, /),
    });
  });

  test('a resource of another product is refused', () => {
    const random = createRandom(1);
    const resource = createResource('checks', random, instantMs);
    const pair = findPair('signals.detected');
    expect(thrownBy(() => createEvent(pair, resource, random, instantMs))).toMatchObject({
      code: 'invalid_argument',
      message: "'signals.detected' cannot be about a resource of 'checks'",
      remedy: "make the resource with createResource('signals', …)",
    });
  });

  test('an object without a known id is refused', () => {
    const [event] = storyOf('checks', createRandom(1));
    expect(event).toBeDefined();
    if (event === undefined) return;
    expect(thrownBy(() => resourceIdOf({ ...event, object: {} }))).toMatchObject({
      code: 'invalid_argument',
      message: `the object of event '${event.id}' has no resource id`,
    });
  });
});
