/** Receivers that are right, each in its own way: none of them may be told that it is wrong. */
import { describe, expect, test } from 'vitest';
import type { VerifyOptions } from '../../contracts/index.js';
import { systemClock } from '../../contracts/runner/clock.js';
import type { Clock } from '../../contracts/runner/clock.js';
import { resourceIdOf } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { shareOf } from '../turns.js';
import { caseOf, checkSeen, essence, flawless, idsOf, stillClock } from './check.js';
import { createReceiver } from './receiver.js';
import type { ReceivedEvent, Receiver } from './receiver.js';

const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Effects that come after the answer, at a time that depends on when the event was taken. */
const appliesAt =
  (dueMs: (takenMs: number) => number) =>
  ({ nowMs }: Clock): Receiver => {
    const due = new Map<string, number>();
    const receiver = createReceiver({
      nowMs,
      apply: ({ id = '' }) => void due.set(id, dueMs(nowMs())),
    });
    return { ...receiver, count: ({ id }) => ((due.get(id) ?? Infinity) <= nowMs() ? 1 : 0) };
  };

/** 300 ms after the answer, and 5 ms after the event before at least. */
const worksThroughAQueue = (clock: Clock): Receiver => {
  let freeAtMs = 0;
  return appliesAt((takenMs) => (freeAtMs = Math.max(freeAtMs, takenMs + 300) + 5))(clock);
};

/** One row a resource, of which only the latest event shows. */
const keepsLatest = ({ nowMs }: Clock): Receiver => {
  const rows = new Map<string, ReceivedEvent>();
  const receiver = createReceiver({
    nowMs,
    apply: (event) => {
      const resource = resourceIdOf(event as TruoraEvent);
      const row = rows.get(resource);
      const later = (row?.timestamp ?? '') <= (event.timestamp ?? '');
      if (later) rows.set(resource, event);
    },
  });
  return {
    ...receiver,
    count: (event) => (rows.get(resourceIdOf(event))?.id === event.id ? 1 : 0),
  };
};

/** Copies of what is being worked on are sent away, to come again. */
const sendsCopiesInFlightAway = ({ nowMs }: Clock): Receiver => {
  const working = new Set<string>();
  const receiver = createReceiver({ nowMs, apply: turn });
  const handle: Receiver['handle'] = async (request) => {
    const [, payload = ''] = (await request.clone().text()).split('.');
    const keys =
      Buffer.from(payload, 'base64url')
        .toString()
        .match(/HKE\w+/g) ?? [];
    if (keys.some((one) => working.has(one))) return new Response('in flight', { status: 409 });
    for (const one of keys) working.add(one);
    try {
      return await receiver.handle(request);
    } finally {
      for (const one of keys) working.delete(one);
    }
  };
  return { ...receiver, handle };
};

/** At most 40 requests at once and 40 a second; the others are told to come back after a second. */
const limitsItsRate =
  (status: number) =>
  ({ nowMs }: Clock): Receiver => {
    const receiver = createReceiver({ nowMs });
    let left = 40;
    let atMs = nowMs();
    const handle: Receiver['handle'] = async (request) => {
      left = Math.min(40, left + (nowMs() - atMs) / 25);
      atMs = nowMs();
      if (left < 1) return new Response('later', { status, headers: { 'retry-after': '1' } });
      left -= 1;
      return receiver.handle(request);
    };
    return { ...receiver, handle };
  };

interface Right {
  readonly what: string;
  readonly make: (clock: Clock) => Receiver;
  readonly options?: Partial<VerifyOptions>;
}

const rightReceivers: readonly Right[] = [
  { what: 'takes what it must, once', make: ({ nowMs }) => createReceiver({ nowMs }) },
  {
    what: 'handles only checks, and acknowledges the others',
    make: ({ nowMs }) =>
      createReceiver({ nowMs, handles: ({ event_type: type }) => type === 'check' }),
  },
  {
    what: 'handles only one pair',
    make: ({ nowMs }) =>
      createReceiver({
        nowMs,
        handles: ({ event_type: type, event_action: action }) =>
          type === 'check' && action === 'finished',
      }),
  },
  { what: 'applies 300 ms after its answer, one event each 5 ms', make: worksThroughAQueue },
  { what: 'applies 900 ms after its answer', make: appliesAt((takenMs) => takenMs + 900) },
  {
    what: 'applies what it has every 950 ms',
    make: appliesAt((takenMs) => Math.ceil((takenMs + 1) / 950) * 950),
  },
  { what: 'keeps only the latest event of a resource', make: keepsLatest },
  { what: 'answers 409 to a copy in flight', make: sendsCopiesInFlightAway },
  { what: 'answers 429 above 40 requests a second', make: limitsItsRate(429) },
  { what: 'answers 503 above 40 requests a second', make: limitsItsRate(503) },
  {
    what: 'deduplicates by idempotency_key',
    make: ({ nowMs }) => createReceiver({ nowMs, keyOf: (event) => event.idempotency_key }),
    options: { idempotencyKey: 'idempotency_key' },
  },
  {
    what: 'deduplicates by idempotency_key, beside an id',
    make: ({ nowMs }) => createReceiver({ nowMs, keyOf: (event) => event.idempotency_key }),
    options: { idempotencyKey: 'both' },
  },
  {
    what: 'deduplicates by id, beside an idempotency_key',
    make: ({ nowMs }) => createReceiver({ nowMs }),
    options: { idempotencyKey: 'both' },
  },
  {
    what: 'answers 204 without a body',
    make: ({ nowMs }) =>
      createReceiver({
        nowMs,
        respond: () => new Response(null, { status: 204 }),
        refuse: (status) => new Response(null, { status }),
      }),
  },
  {
    what: 'refuses ids of another form than the documented one',
    make: ({ nowMs }) =>
      createReceiver({
        nowMs,
        eventsOf: ({ events }) => {
          const list = Array.isArray(events) ? (events as readonly ReceivedEvent[]) : [];
          const isId = (id: unknown): boolean => /^HKE[0-9a-f]{40}$/.test(String(id));
          return list.every((event) => isId(event?.id)) ? list : undefined;
        },
      }),
  },
  {
    what: 'hides as 404 from whoever it does not know',
    make: ({ nowMs }) =>
      createReceiver({ nowMs, refuse: () => new Response(null, { status: 404 }) }),
  },
];

describe.each(shareOf(rightReceivers, 2))('a receiver that $what', ({ make, options = {} }) => {
  test('has no fault at all', async () => {
    const clock = stillClock();
    const result = await checkSeen(make(clock), { clock, ...options });
    expect(essence(result)).toEqual(flawless);
    expect(result.summary.passed).toBeGreaterThan(200);
  });
});

describe('a receiver that is right', () => {
  test('may send some of the copies in flight away', async () => {
    const clock = stillClock();
    const only = ['idempotency/concurrent-10-copies'];
    const result = await checkSeen(sendsCopiesInFlightAway(clock), { clock, only });
    expect(essence(result)).toEqual(flawless);
    const { attempts } = caseOf(result, 'idempotency/concurrent-10-copies');
    expect(attempts.filter(({ status }) => status === 409).length).toBeGreaterThan(9);
  });

  test('passes on the real clock too', async () => {
    const only = ['idempotency/identical-copy', 'verification/key-of-a-stranger'];
    const result = await checkSeen(createReceiver(), { clock: systemClock, only });
    expect(essence(result)).toEqual(flawless);
    expect(result.receiver.settleMs).toBe(500);
  });

  test('cannot be sent raw bytes in its own process, and is not blamed for that', async () => {
    const clock = stillClock();
    const result = await checkSeen(createReceiver({ nowMs: clock.nowMs }), { clock });
    expect(caseOf(result, 'transport/chunked-body')).toMatchObject({
      verdict: 'skipped',
      actual: 'it needs a socket; give a URL',
    });
  });

  test('may refuse a batch of more events than it takes: their number is unknown', async () => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      eventsOf: ({ events }) =>
        Array.isArray(events) && events.length <= 100 ? events : undefined,
    });
    const only = ['verification/two-events', 'idempotency/batch-of-many'];
    const result = await checkSeen(receiver, { clock, only });
    expect(essence(result)).toMatchObject({ verdict: 'passed', failed: [], causes: [] });
    expect(caseOf(result, 'idempotency/batch-of-many')).toMatchObject({
      verdict: 'inconclusive',
      actual: expect.stringContaining('how many events Truora sends at a time is not documented'),
    });
  });

  test.each([
    ['HS384', 'sha384'],
    ['HS512', 'sha512'],
  ])('may take %s: that is no fault of level must', async (alg, digest) => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      digests: { HS256: 'sha256', [alg]: digest },
    });
    const result = await checkSeen(receiver, { clock });
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed', 'must')).toEqual([]);
  });

  test('applies the products that it is said to handle', async () => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      handles: ({ event_type: type }) => type === 'check',
    });
    const only = ['response/*'];
    const named = await checkSeen(receiver, { clock, only, products: ['checks'] });
    expect(caseOf(named, 'response/applies-its-products').verdict).toBe('passed');
    const more = await checkSeen(createReceiver({ handles: () => false }), {
      clock,
      only,
      products: ['checks', 'digital_identity'],
    });
    expect(more.problem?.message).toContain('never shows an effect');
  });
});
