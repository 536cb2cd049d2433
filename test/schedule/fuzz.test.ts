import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { fuzzReceiver, playSchedule } from '../../contracts/index.js';
import type { FuzzOptions } from '../../contracts/index.js';
import { freePort } from '../cli/serving.js';
import { stillClock, validTokensIn } from '../verify/check.js';
import { createReceiver, key } from '../verify/receiver.js';
import type { Behaviour, ReceivedEvent } from '../verify/receiver.js';
import { recordsPage, serve } from '../verify/serve.js';

const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Fuzzes a receiver in this process, where no time passes while one waits. */
const fuzz = async (change: Partial<Behaviour> = {}, options: Partial<FuzzOptions> = {}) => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs, ...change });
  return fuzzReceiver(receiver.handle, {
    key,
    seed: 1,
    clock,
    probe: receiver.count,
    maxRuns: 100,
    ...options,
  });
};

/** Reads the claims, whoever signed them. */
const claimsOf = (token: string): Record<string, unknown> | undefined => {
  try {
    const [, payload = ''] = token.split('.');
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};

test('a receiver that knows the last event only needs no other deliveries beside', async () => {
  let last: string | undefined;
  const { counterexample } = await fuzz({
    handles: ({ id }) => {
      const isNew = id !== last;
      last = id;
      return isNew;
    },
    remembers: () => false,
  });
  expect(counterexample).toMatchObject({
    invariant: 'at-most-once',
    length: 3,
    reproduced: { failed: 10, of: 10 },
    sentence: expect.not.stringContaining('beside'),
  });
});

test('an answer can be lost in this process too, and the work goes on', async () => {
  const applied: ReceivedEvent[] = [];
  const slow = createReceiver({
    remembers: () => false,
    apply: async (event) => {
      if (applied.some(({ id }) => id === event.id)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
      applied.push(event);
    },
  });
  const options = {
    key,
    probe: ({ id }: { readonly id: string }) => applied.filter((one) => one.id === id).length,
  };
  const played = await playSchedule(
    slow.handle,
    {
      events: { A: {} },
      commands: [
        { do: 'drop-response', event: 'A' },
        { do: 'copy', event: 'A' },
      ],
    },
    options,
  );
  expect(played.violations).toMatchObject([
    { sentence: 'a delivery of A whose answer is lost, then a copy of A → 2 effects of A' },
  ]);
});

test('an effect that was to fail more often than it was tried fails no retry', async () => {
  const sinkPort = await freePort();
  const done = new Set<string | undefined>();
  const right = createReceiver({
    remembers: () => false,
    handles: ({ id }) => !done.has(id),
    apply: async ({ id }) => {
      const url = `http://127.0.0.1:${sinkPort}/${id ?? ''}`;
      const { ok } = await fetch(url, { method: 'POST' });
      if (!ok) throw new Error('the effect failed');
      done.add(id);
    },
  });
  const fails = { do: 'fail-next', event: 'A' } as const;
  const deliver = { do: 'deliver', event: 'A' } as const;
  const commands = [fails, fails, fails, deliver, fails, fails];
  const played = await playSchedule(
    right.handle,
    { events: { A: {} }, commands },
    { key, sinkPort },
  );
  expect(played).toEqual({ violations: [], problem: null });
});

test('a lease of a receiver that was killed at work may outlast the schedule', async () => {
  const sinkPort = await freePort();
  const leased = new Set<string | undefined>();
  let life = new AbortController();
  const right = createReceiver({
    remembers: () => false,
    apply: async ({ id }) => {
      if (leased.has(id)) throw new Error('another delivery of this event is in work');
      leased.add(id);
      const url = `http://127.0.0.1:${sinkPort}/${id ?? ''}`;
      const killed = new Promise<never>(() => undefined);
      await fetch(url, { method: 'POST', signal: life.signal }).catch(async () => killed);
    },
  });
  const restart = async (): Promise<void> => {
    life.abort();
    life = new AbortController();
  };
  const { violations, problem } = await playSchedule(
    right.handle,
    {
      events: { A: {} },
      commands: [
        { do: 'slow-next', event: 'A', then: 'taken' },
        { do: 'drop-response', event: 'A' },
        { do: 'restart' },
        { do: 'copy', event: 'A' },
      ],
    },
    { key, sinkPort, controls: { restart } },
  );
  expect({ violations, problem }).toEqual({ violations: [], problem: null });
});

describe('a right receiver', () => {
  test.each([1, 2, 3])('breaks no schedule of seed %i', async (seed) => {
    const result = await fuzz({}, { seed });
    expect(result).toMatchObject({ verdict: 'passed', runs: 100, counterexample: null });
  });

  test('breaks none of all orders of three events', async () => {
    expect(await fuzz({}, { exhaustive: 3 })).toMatchObject({ verdict: 'passed', runs: 19 });
  });

  test('breaks none over HTTP', async () => {
    const receiver = createReceiver();
    const origin = await serve(
      receiver,
      recordsPage(receiver, (records) => records),
    );
    const result = await fuzzReceiver(`${origin}/webhooks/truora`, {
      key,
      seed: 1,
      probe: { url: `${origin}/records?id={eventId}` },
      maxRuns: 60,
    });
    expect(result).toMatchObject({ verdict: 'passed', counterexample: null });
  });
});

describe('a receiver that', () => {
  test.each<readonly [string, Partial<Behaviour>, string, number]>([
    ['applies every copy', { remembers: () => false }, 'at-most-once', 2],
    ['only decodes tokens', { verify: claimsOf }, 'no-forgery', 1],
    [
      'refuses copies',
      { respond: (copies) => new Response(null, { status: copies > 0 ? 409 : 200 }) },
      'ack-liveness',
      2,
    ],
    [
      'takes the resource for the key',
      {
        keyOf: ({ object }) =>
          String(object?.['check_id'] ?? object?.['process_id'] ?? object?.['validation_id']),
      },
      'ack-implies-effect',
      2,
    ],
    ['cuts its keys', { keyOf: ({ id }) => id?.slice(0, -1) }, 'ack-implies-effect', 2],
  ])(
    '%s is found out, and the schedule is as short as can be',
    async (_what, change, invariant, length) => {
      const { verdict, counterexample } = await fuzz(change);
      expect(verdict).toBe('failed');
      expect(counterexample).toMatchObject({
        invariant,
        length,
        reproduced: { failed: 10, of: 10 },
      });
    },
  );

  test('lets two copies at the same moment through is found out over HTTP', async () => {
    const applied: ReceivedEvent[] = [];
    const racing = createReceiver({
      remembers: () => false,
      apply: async (event) => {
        if (applied.some(({ id }) => id === event.id)) return;
        await turn();
        await turn();
        applied.push(event);
      },
    });
    const page = recordsPage({ ...racing, applied }, (records) => records);
    const origin = await serve(racing, page);
    const result = await fuzzReceiver(`${origin}/webhooks/truora`, {
      key,
      seed: 1,
      probe: { url: `${origin}/records?id={eventId}` },
    });
    const { counterexample } = result;
    expect(counterexample).toMatchObject({
      invariant: 'at-most-once',
      length: 2,
      sentence: 'two copies of A at the same moment → 2 effects of A',
    });
    expect(JSON.stringify(result)).not.toContain(key);
    expect(validTokensIn(JSON.stringify(result), key)).toEqual([]);
    const { violations } = await playSchedule(
      `${origin}/webhooks/truora`,
      counterexample?.schedule ?? { events: {}, commands: [] },
      { key, salt: 'again', times: 3, probe: { url: `${origin}/records?id={eventId}` } },
    );
    expect(violations).toHaveLength(3);
  });

  test('is not there is no verdict', async () => {
    const result = await fuzzReceiver('http://127.0.0.1:9/', {
      key,
      seed: 1,
      probe: () => 0,
      timeoutMs: 200,
    });
    expect(result).toMatchObject({ verdict: 'inconclusive', runs: 0 });
    expect(result.problem?.message).toContain('127.0.0.1:9');
  });
});

test('a receiver that is gone in the middle is no broken receiver', async () => {
  const receiver = createReceiver();
  let deliveries = 0;
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    if (++deliveries > 250) {
      server.close();
      server.closeAllConnections();
      return;
    }
    const headers = { 'Content-Type': String(request.headers['content-type']) };
    const init = { method: 'POST', headers, body: Uint8Array.from(body) };
    const answer =
      request.method === 'POST'
        ? await receiver.handle(new Request('http://receiver.test/webhooks/truora', init))
        : new Response(null, { status: 405 });
    response.writeHead(answer.status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const result = await fuzzReceiver(`http://127.0.0.1:${port}/webhooks/truora`, {
    key,
    seed: 1,
    probe: receiver.count,
  });
  expect(result).toMatchObject({
    verdict: 'inconclusive',
    counterexample: null,
    problem: {
      message: expect.stringMatching(/^the receiver takes no connections any more, after \d+ sch/),
    },
  });
});
