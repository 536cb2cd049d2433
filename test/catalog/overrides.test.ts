import { expect, test } from 'vitest';
import { createEvent, createResource } from '../../simulator/catalog/event.js';
import { overrideClaims, overrideEvent } from '../../simulator/catalog/overrides.js';
import { findPair } from '../../simulator/catalog/pairs.js';
import { createRandom } from '../../simulator/core/random.js';
import { typedByPlace } from '../../simulator/core/typed-by-place.js';

const AT_MS = 1_767_323_045_000;
const random = createRandom(1);
const make = (name: string) => {
  const pair = findPair(name);
  return createEvent(pair, createResource(pair.product, random, AT_MS), random, AT_MS);
};
const finished = make('checks.finished');
const claims = { events: [finished, make('checks.created')], iat: 1_767_323_046, iss: 'Truora' };

test.each(['object.status', 'events.0.object.status'])('an event is changed at %s', (path) => {
  const changed = overrideEvent(finished, { [path]: 'error', timestamp: 'then' });
  expect(changed).toEqual({
    ...finished,
    timestamp: 'then',
    object: { ...finished.object, status: 'error' },
  });
});

test('an event alone has neither claims nor neighbours', () => {
  for (const path of ['iat', 'events.1.object.status', 'object.nothing_like_it']) {
    expect(() => overrideEvent(finished, { [path]: 1 })).toThrow(`nothing at '${path}'`);
  }
});

test('one event of a delivery is changed by its number, all of them without one', () => {
  expect(
    overrideClaims(claims, { 'events.1.object.status': 'x' }).events.map(
      ({ object }) => object['status'],
    ),
  ).toEqual(['completed', 'x']);
  expect(
    overrideClaims(claims, { 'object.status': 'y' }).events.map(({ object }) => object['status']),
  ).toEqual(['y', 'y']);
});

test('what the token claims is changed, by the kind that is there', () => {
  const changed = overrideClaims(claims, { iat: '1', iss: 'Somebody' }, typedByPlace);
  expect(changed).toEqual({ ...claims, iat: 1, iss: 'Somebody' });
});

test.each([
  ['object.statu', "did you mean 'object.status'?"],
  ['events.1.object.statu', "did you mean 'events.1.object.status'?"],
  ['isss', "did you mean 'iss'?"],
  // The second event has no end yet.
  ['object.scores.0.score', "did you mean 'events.0.object.scores.0.score'?"],
])('a place that there is not is refused: %s', (path, remedy) => {
  expect(() => overrideClaims(claims, { [path]: 1 })).toThrow(
    expect.objectContaining({ code: 'unknown_path', remedy }),
  );
});
