import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  createEvent,
  createResource,
  pairs,
  type EventPair,
} from '../../simulator/catalog/index.js';
import { claimsSchema } from '../../simulator/catalog/schemas.js';
import { createRandom } from '../../simulator/core/random.js';

const instantMs = Date.UTC(2026, 0, 2, 3, 4, 5);
const random = createRandom('golden 2026');

/** One life a product: its events tell the same resource's story. */
const claimsOf = (pair: EventPair): unknown => {
  const resource = createResource(pair.product, random.fork(pair.product), instantMs);
  const event = createEvent(pair, resource, random.fork(pair.name), instantMs);
  return { events: [event], iat: instantMs / 1000, iss: 'Truora' };
};

const fileOf = ({ product, action }: EventPair): URL =>
  new URL(`../../fixtures/events/${product}/${action}.json`, import.meta.url);

const contentOf = (pair: EventPair): string => `${JSON.stringify(claimsOf(pair), null, 2)}\n`;

if (process.env['UPDATE_FIXTURES'] === '1') {
  for (const pair of pairs) {
    mkdirSync(new URL('.', fileOf(pair)), { recursive: true });
    writeFileSync(fileOf(pair), contentOf(pair));
  }
}

describe.each(pairs)('the fixture of $name', (pair) => {
  const content = readFileSync(fileOf(pair), 'utf8');

  test('is what the generator makes (UPDATE_FIXTURES=1 rewrites it)', () => {
    expect(content).toBe(contentOf(pair));
  });

  test('is valid under its schema', () => {
    const { success, error } = claimsSchema.safeParse(JSON.parse(content));
    expect(error?.issues).toBeUndefined();
    expect(success).toBe(true);
  });

  test('is about the right event', () => {
    const { events } = JSON.parse(content) as { events: [Record<string, unknown>] };
    expect(events[0]).toMatchObject({
      event_type: pair.eventType,
      event_action: pair.action,
      timestamp: '2026-01-02T03:04:05Z',
    });
  });
});

test('the fixtures hold names and nicknames beyond the Basic Multilingual Plane', () => {
  const everything = pairs.map(contentOf).join('');
  expect(everything).toMatch(/[\u{20000}-\u{2ffff}]/u);
  expect(everything).toMatch(/\p{Extended_Pictographic}/u);
});
