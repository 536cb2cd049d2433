/** Receivers whose body parser reads only some content types. */
import { describe, expect, test } from 'vitest';
import { caseOf, check, checkSeen, essence, idsOf, stillClock } from './check.js';
import { createReceiver } from './receiver.js';
import { serve } from './serve.js';

const typeOf = (request: Request): string =>
  (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** Reads the body under one content type only; under another there is none. */
const readsOnly = (contentType: string, nowMs: () => number) =>
  createReceiver({
    nowMs,
    read: async (request) => (typeOf(request) === contentType ? request.text() : ''),
  });

describe.each(['text/plain', 'application/octet-stream', 'application/json'])(
  'a receiver that reads %s only',
  (contentType) => {
    test('is told so, and judged in all else', async () => {
      const clock = stillClock();
      const result = await checkSeen(readsOnly(contentType, clock.nowMs), { clock });
      expect(essence(result)).toMatchObject({
        problem: null,
        verdict: 'failed',
        failed: [
          `must transport/content-type: it is refused, and the same as ${contentType} is taken`,
        ],
        inconclusive: [],
        causes: ['content-type-not-read'],
      });
      expect(result.receiver.contentType).toBe(contentType);
      expect(result.summary.passed).toBeGreaterThan(200);
    });

    test('passes where that is what its deliveries carry', async () => {
      const clock = stillClock();
      const only = ['transport/content-type*', 'verification/canonical-token', 'V077'];
      const receiver = readsOnly(contentType, clock.nowMs);
      const result = await checkSeen(receiver, { clock, contentType, only });
      expect(essence(result)).toMatchObject({ verdict: 'passed', failed: [] });
    });
  },
);

describe('a receiver that parses JSON only', () => {
  test('is told so, and that nothing else can be judged', async () => {
    const clock = stillClock();
    const receiver = createReceiver({ nowMs: clock.nowMs });
    const handle = async (request: Request): Promise<Response> => {
      if (typeOf(request) === 'application/json') {
        try {
          JSON.parse(await request.text());
        } catch {
          return new Response('not JSON', { status: 400 });
        }
      }
      return new Response('no token', { status: 401 });
    };
    const result = await checkSeen({ ...receiver, handle }, { clock });
    expect(result.summary.verdict).toBe('failed');
    expect(idsOf(result, 'failed')).toEqual(['transport/content-type']);
    expect(idsOf(result, 'passed')).toEqual([]);
    expect(result.problem?.message).toContain('only JSON is parsed');
    expect(caseOf(result, 'transport/content-type').actual).toContain('the body is not read');
  });
});

describe('a receiver that compares the whole Content-Type', () => {
  test('is warned', async () => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      read: async (request) =>
        request.headers.get('content-type') === 'application/jwt' ? request.text() : '',
    });
    const result = await checkSeen(receiver, { clock, only: ['transport/*content-type*'] });
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed')).toEqual(['transport/content-type-with-charset']);
  });

  test('falls over at another one, and is warned', async () => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      read: async (request) => {
        if (typeOf(request) !== 'application/jwt') throw new TypeError('body is undefined');
        return request.text();
      },
    });
    const result = await checkSeen(receiver, { clock, only: ['transport/*'] });
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed')).toEqual([
      'transport/other-content-types',
      'transport/form-field',
    ]);
  });
});

test.each([
  ['answers as soon as it has had enough', 1 << 20, 'passed'],
  ['reads all of it before it answers', Infinity, 'failed'],
])('a limit is told without its status: %s', async (_what, enoughBytes, verdict) => {
  const clock = stillClock();
  const receiver = createReceiver({
    nowMs: clock.nowMs,
    // Reads all, and says 401 to what is no token, as to any other.
    read: async (request) => (await request.text()).slice(0, 4 << 20),
  });
  const origin = await serve(receiver, undefined, enoughBytes);
  const only = ['transport/body-limit'];
  const result = await check(`${origin}/webhooks/truora`, { clock, only });
  expect(caseOf(result, 'transport/body-limit').verdict).toBe(verdict);
});
