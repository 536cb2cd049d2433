import { describe, expect, test } from 'vitest';
import {
  createEvent,
  createRandom,
  createResource,
  eventRow,
  findPair,
  pageLinks,
  pairs,
  products,
  readTruoraPath,
  resourceDocument,
  truoraError,
} from '../../simulator/index.js';

const AT_MS = Date.parse('2026-01-02T03:04:05Z');

const eventOf = (name: string) => {
  const random = createRandom(name);
  const pair = findPair(name);
  return createEvent(pair, createResource(pair.product, random, AT_MS), random, AT_MS);
};

describe('a row of the Events API', () => {
  test('tells the object as text and the key as idempotency_key', () => {
    const event = { ...eventOf('checks.finished'), idempotency_key: 'HIK1' };
    const progress = {
      attempts: 3,
      status: 'failure',
      updateDate: '2026-01-02T04:00:00Z',
    } as const;
    expect(eventRow(event, progress)).toEqual({
      client_id: event.object['client_id'],
      product: 'checks',
      id: event.id,
      idempotency_key: 'HIK1',
      event_type: 'check',
      event_action: 'finished',
      object: JSON.stringify(event.object),
      timestamp: '2026-01-02T03:04:05Z',
      update_date: '2026-01-02T04:00:00Z',
      delivery_attempts: 3,
      delivery_status: 'failure',
    });
  });

  test('takes the delivered id for its key where there is no other', () => {
    const event = eventOf('checks.created');
    expect(eventRow(event).idempotency_key).toBe(event.id);
  });

  test('names the product that it is told, where the type is a user’s own', () => {
    const event = { ...eventOf('checks.created'), event_type: 'own' };
    const progress = { attempts: 1, status: 'success', updateDate: event.timestamp } as const;
    expect(eventRow(event).product).toBe('');
    expect(eventRow(event, { ...progress, product: 'checks' }).product).toBe('checks');
  });
});

describe('the links of a page', () => {
  const base = 'https://api.truora.com/v1/hooks/events';

  test.each([
    [undefined, undefined, base, ''],
    [undefined, 'b', base, `${base}?start_key=b`],
    ['b', 'c&d', `${base}?start_key=b`, `${base}?start_key=c%26d`],
  ])('from %s to %s', (startKey, nextKey, self, next) => {
    expect(pageLinks(base, startKey, nextKey)).toEqual({ self, next });
  });
});

describe('the path of a question', () => {
  test.each([
    ['/v1/hooks/events', { kind: 'events' }],
    ['/v1/events', { kind: 'events' }],
    ['/events', { kind: 'events' }],
    ['/events/', { kind: 'events' }],
    ['/v1/hooks/events/HIK1', { kind: 'event', key: 'HIK1' }],
    ['/v2/events/a%20b', { kind: 'event', key: 'a b' }],
    ['/v1/checks/CHK1', { kind: 'resource', collection: 'checks', id: 'CHK1' }],
    ['/v1/processes/IDP1', { kind: 'resource', collection: 'processes', id: 'IDP1' }],
    ['/v1/processes/IDP1/result', { kind: 'resource', collection: 'processes', id: 'IDP1' }],
    ['/v1/checks/%ZZ', { kind: 'resource', collection: 'checks', id: '%ZZ' }],
    ['/v1/checks', undefined],
    ['/v1/checks/CHK1/result', undefined],
    ['/v1/hooks/events/HIK1/more', undefined],
    ['/v1/processes/IDP1/result/more', undefined],
    ['/', undefined],
  ])('%s', (path, asks) => {
    expect(readTruoraPath(path)).toEqual(asks);
  });
});

describe('the document of a resource', () => {
  test('nests a check, and nothing else', () => {
    const { object } = eventOf('checks.finished');
    expect(resourceDocument('checks', object)).toEqual({ check: object });
    const validation = eventOf('document_validation.succeeded').object;
    expect(resourceDocument('validations', validation)).toBe(validation);
  });

  test('puts an overwritten verdict beside the first one', () => {
    const { object } = eventOf('digital_identity.succeeded');
    expect(resourceDocument('processes', object, 'failure')).toMatchObject({
      status: 'success',
      override_status: 'failure',
    });
  });

  test('is in one collection only', () => {
    const { object } = eventOf(
      pairs.find(({ product }) => product === 'continuous_checks')?.name ?? '',
    );
    expect(resourceDocument('checks', object)).toBeUndefined();
    expect(resourceDocument('nothing', object)).toBeUndefined();
    expect(resourceDocument('checks', {})).toBeUndefined();
  });

  test.each(products.map(({ slug, actions }) => [slug, actions[0] ?? '']))(
    'has a collection where it is about %s',
    (slug, action) => {
      const { object } = eventOf(`${slug}.${action}`);
      const found = [
        'checks',
        'continuous-checks',
        'processes',
        'validations',
        'signals',
        'outbounds',
        'sessions',
      ].filter((collection) => resourceDocument(collection, object) !== undefined);
      expect(found).toHaveLength(1);
    },
  );
});

test('errors say their status twice', () => {
  expect(truoraError(404, 'not found')).toEqual({
    code: 10404,
    http_code: 404,
    message: 'not found',
  });
});
