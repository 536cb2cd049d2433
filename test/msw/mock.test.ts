import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { mockTruora } from '../../contracts/msw/index.js';
import {
  createEvent,
  createRandom,
  createResource,
  findPair,
  resourceIdOf,
} from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';

const truora = mockTruora();
const own = mockTruora({ origin: 'http://truora.internal' });
const server = setupServer(...truora.handlers, ...own.handlers);

beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
});
afterEach(() => {
  truora.reset();
  own.reset();
});
afterAll(() => {
  server.close();
});

/** The events of one resource, a minute apart. */
const lifeOf = (product: string, ...actions: readonly string[]): readonly TruoraEvent[] => {
  const random = createRandom(product);
  const startMs = Date.parse('2026-01-01T12:00:00Z');
  const resource = createResource(product, random, startMs);
  return actions.map((action, index) =>
    createEvent(
      findPair(`${product}.${action}`),
      resource,
      random.fork(action),
      startMs + index * 60_000,
    ),
  );
};

const get = async (url: string) => {
  const response = await fetch(url);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const API = 'https://api.checks.truora.com/v1';

describe('resources', () => {
  test('are what their newest event says, in whatever order they were told', async () => {
    const [created, finished] = lifeOf('checks', 'created', 'finished');
    truora.know(finished!, created!);
    const id = resourceIdOf(created!);
    expect(await get(`${API}/checks/${id}`)).toEqual({
      status: 200,
      body: { check: JSON.parse(JSON.stringify(finished!.object)) as unknown },
    });
    expect(truora.asked()).toEqual([`/v1/checks/${id}`]);
  });

  test('are not nested where Truora does not nest them', async () => {
    const [succeeded] = lifeOf('document_validation', 'succeeded');
    truora.know(succeeded!);
    const id = resourceIdOf(succeeded!);
    const { body } = await get(`https://api.validations.truora.com/v1/validations/${id}`);
    expect(body['validation_status']).toBe('success');
  });

  test('that are unknown are 404, as Truora words it', async () => {
    expect(await get(`${API}/checks/CHK0`)).toEqual({
      status: 404,
      body: { code: 10404, http_code: 404, message: 'not found' },
    });
  });

  test('answer under an origin of one’s own', async () => {
    const [created] = lifeOf('checks', 'created');
    own.know(created!);
    const url = `http://truora.internal/v1/checks/${resourceIdOf(created!)}`;
    expect((await get(url)).status).toBe(200);
  });
});

describe('faults', () => {
  test('come one after the other, and pass', async () => {
    const [created, finished] = lifeOf('checks', 'created', 'finished');
    truora.know(created!);
    truora.know(finished!);
    const url = `${API}/checks/${resourceIdOf(created!)}`;
    truora.failNext({ status: 503 }, { network: true }, { stale: true }, { delayMs: 5 });
    expect((await get(url)).status).toBe(503);
    await expect(fetch(url)).rejects.toThrow();
    const statusOf = async () =>
      ((await get(url)).body['check'] as Readonly<Record<string, unknown>>)['status'];
    expect(await statusOf()).toBe(created!.object['status']);
    expect(await statusOf()).toBe(finished!.object['status']);
    expect(created!.object['status']).not.toBe(finished!.object['status']);
  });
});

describe('GET /events', () => {
  test('lists what was published, in pages, as rows whose object is a text', async () => {
    const events = lifeOf('checks', 'created', 'started', 'finished');
    truora.publish(events, { perPage: 2 });
    const first = await get(`${API}/hooks/events`);
    const second = await get(String(first.body['next']));
    const rows = [first, second].flatMap(
      ({ body }) => body['events'] as readonly Readonly<Record<string, string>>[],
    );
    expect(rows.map(({ idempotency_key: key }) => key)).toEqual(events.map(({ id }) => id));
    expect(JSON.parse(rows[0]!['object']!)).toEqual(events[0]!.object);
    expect(second.body['next']).toBe('');
  });

  test('finds one by its key', async () => {
    const [created] = lifeOf('checks', 'created');
    truora.publish([created!]);
    const { body } = await get(`${API}/events/${created!.id}`);
    expect(body['idempotency_key']).toBe(created!.id);
  });
});
