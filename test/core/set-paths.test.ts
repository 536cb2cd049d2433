import { describe, expect, test } from 'vitest';
import { pathsOf, setPaths } from '../../simulator/core/set-paths.js';
import { typedByPlace } from '../../simulator/core/typed-by-place.js';

const document = {
  events: [
    { id: 'HKE1', object: { status: 'pending', score: -1, tags: ['a', 'b'], reason: null } },
    { id: 'HKE2', object: { status: 'pending', score: 0.5, ok: true } },
  ],
  iat: 1_767_323_046,
};

describe('setPaths', () => {
  test('puts a value at its place, keeps the order of fields, and changes nothing else', () => {
    const changed = setPaths(document, { 'events.1.object.status': 'done', iat: 7 });
    expect(JSON.stringify(changed)).toBe(
      JSON.stringify(document)
        .replace('"pending","score":0.5', '"done","score":0.5')
        .replace('1767323046', '7'),
    );
    expect(document.events[1]?.object.status).toBe('pending');
    expect(changed.events[0]).toBe(document.events[0]);
  });

  test('takes any kind of value, and goes on in what it has put', () => {
    const changed = setPaths(document, {
      'events.0.object': { fresh: { deep: 1 } },
      'events.0.object.fresh.deep': [2],
    });
    expect(changed.events[0]).toEqual({ id: 'HKE1', object: { fresh: { deep: [2] } } });
  });

  test.each([
    ['events.0.object.sttus', "did you mean 'events.0.object.status'?"],
    ['iatt', "did you mean 'iat'?"],
    ['events.2', "did you mean 'events.0'?"],
    ['x', 'its names are events, iat'],
    ['iat.seconds.of.the.day', "'iat' holds no more names"],
    ['events.length', "'events' holds 0, 1"],
    ['__proto__.polluted', 'its names are events, iat'],
    ['events.0.constructor', "'events.0' holds id, object"],
    ['', 'its names are events, iat'],
  ])('refuses %s', (path, remedy) => {
    expect(() => setPaths(document, { [path]: 1 })).toThrow(
      expect.objectContaining({
        code: 'unknown_path',
        message: `there is nothing at '${path}'`,
        remedy,
      }),
    );
  });

  test('lists all places', () => {
    expect(pathsOf({ a: [{ b: 1 }], c: null })).toEqual(['a', 'a.0', 'a.0.b', 'c']);
  });
});

describe('a typed text', () => {
  test.each([
    ['events.0.object.status', '5', '5'],
    ['events.0.object.status', '{"a":1}', '{"a":1}'],
    ['events.0.object.score', '5', 5],
    ['events.0.object.score', '"5"', '5'],
    ['events.0.object.tags', '["c"]', ['c']],
    ['events.0.object.tags.0', 'c', 'c'],
    ['events.0.object.reason', 'late', 'late'],
    ['events.0.object.reason', '7', 7],
    ['events.1.object.ok', 'false', false],
    ['events.1.object', '{}', {}],
    ['iat', 'null', null],
  ])('at %s, %s is read by what stands there', (path, text, value) => {
    const set = setPaths({ document }, { [`document.${path}`]: text }, typedByPlace);
    const at = path
      .split('.')
      .reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), set.document);
    expect(at).toEqual(value);
  });

  test('is refused where it must be JSON and is not', () => {
    expect(() => setPaths(document, { iat: 'soon' }, typedByPlace)).toThrow(
      expect.objectContaining({
        code: 'invalid_argument',
        message: 'iat holds a number, and "soon" is no JSON',
      }),
    );
  });
});
