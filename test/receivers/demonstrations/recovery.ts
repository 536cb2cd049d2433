import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from '../lab.js';
import { send } from '../lab.js';
import { createEvent, nowSeconds, sign, type SentEvent } from '../token.js';
import { sending, type Demonstration } from './demonstration.js';

const early = { timestamp: '2026-01-02T03:04:05Z' } as const;
const late = { timestamp: '2026-01-02T03:04:09Z' } as const;

/** A row of the Events API. */
const rowOf = ({ id, object, ...event }: SentEvent) => ({
  ...event,
  idempotency_key: id,
  object: JSON.stringify(object),
});

/** Serves pages of events, lets the receiver poll them once, and answers its status. */
const poll = async (lab: Lab, ...pages: readonly (readonly SentEvent[])[]): Promise<number> => {
  const server = createServer((request, response) => {
    const page = Number(new URL(request.url ?? '/', 'http://api').searchParams.get('page') ?? 0);
    const next = page + 1 < pages.length ? `${apiUrl}/v1/hooks/events?page=${page + 1}` : '';
    response.end(JSON.stringify({ events: (pages[page] ?? []).map(rowOf), next }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const url = lab.receiver().pollUrl.replace('{apiUrl}', apiUrl);
  const { status } = await fetch(url, { method: 'POST' });
  server.close();
  server.closeAllConnections();
  return status;
};

const webhookThenPoll: Demonstration = async (lab) => {
  const event = createEvent();
  await lab.deliver(event);
  return [await poll(lab, [event]), await lab.count(event.id)];
};

/** Killed inside its effect, then the retry. */
const killedAtWork: Demonstration = async (lab) => {
  const event = createEvent();
  const release = lab.sink.hold(event.id);
  await lab.post(sign([event]), { timeoutMs: 200 });
  await lab.restart({ kill: true });
  release();
  return [await lab.deliver(event), await lab.count(event.id)];
};

/** Killed right after its answer, then the retry. */
const killedAfterAnswer: Demonstration = async (lab) => {
  const event = createEvent();
  await lab.deliver(event);
  await lab.restart({ kill: true });
  const before = await lab.count(event.id);
  await lab.deliver(event);
  return [before, lab.sink.countOf(event.id)];
};

/** A copy some time after an event, by the receiver's clock. */
const copyAfter =
  (ms: number): Demonstration =>
  async (lab) => {
    const event = createEvent();
    await lab.deliver(event);
    lab.advance(ms);
    await lab.deliver(event);
    return lab.count(event.id);
  };

/** A copy while the first delivery is inside its effect, so many milliseconds after it. */
const copyAtWork =
  (afterMs: number, first: (lab: Lab, token: string) => Promise<unknown>): Demonstration =>
  async (lab) => {
    const event = createEvent();
    const release = lab.sink.hold(event.id);
    const working = first(lab, sign([event]));
    await sleep(afterMs);
    const copy = lab.deliver(event);
    await sleep(50);
    release();
    await Promise.all([working, copy]);
    return lab.sink.countOf(event.id);
  };

const stays = (lab: Lab, token: string): Promise<number> => lab.post(token);
const leaves = (lab: Lab, token: string): Promise<number> => lab.post(token, { timeoutMs: 100 });

const minuteMs = 60_000;

const polling: Readonly<Record<string, Demonstration>> = {
  'polls-without-deduplication': webhookThenPoll,
  'polls-under-another-key': webhookThenPoll,
  'polls-after-one-look': async (lab) => {
    const event = createEvent();
    const polled = poll(lab, [event]);
    await sleep(50);
    await lab.deliver(event);
    return [await polled, await lab.count(event.id)];
  },
  'polls-first-page-only': async (lab) => {
    const [one, two] = [createEvent(), createEvent()];
    await poll(lab, [one], [two]);
    return [await lab.count(one.id), await lab.count(two.id)];
  },
  'polls-from-newest-webhook': async (lab) => {
    const [older, newer] = [createEvent(early), createEvent(late)];
    await lab.deliver(newer);
    await poll(lab, [newer, older]);
    return lab.count(older.id);
  },
  'moves-mark-before-work': async (lab) => {
    const event = createEvent();
    lab.sink.fail(event.id, 1);
    return [await poll(lab, [event]), await poll(lab, [event]), await lab.count(event.id)];
  },
  'polled-row-sets-state': async (lab) => {
    const end = createEvent({ ...late, event_action: 'succeeded' });
    await lab.deliver(end);
    await poll(lab, [createEvent({ ...early, object: end.object })]);
    return lab.state(end.object['check_id']);
  },
};

/** Demonstrations of mutants that crashes, clocks, polls and copies in flight bring to light. */
export const recovery: Readonly<Record<string, Demonstration>> = {
  ...polling,
  'lease-outlives-crash': killedAtWork,
  'key-before-effect-undone-in-memory': killedAtWork,
  'queues-in-memory': killedAfterAnswer,
  'key-written-after-effect': killedAfterAnswer,
  'locks-within-its-process': async (lab) => {
    const event = createEvent();
    const other = await lab.another();
    const release = lab.sink.hold(event.id);
    const both = Promise.all([lab.deliver(event), send(other, sign([event]))]);
    await sleep(50);
    release();
    await both;
    return lab.sink.countOf(event.id);
  },
  'reads-key-once': async (lab) => {
    const key = 'the next key';
    await lab.deliver(createEvent());
    lab.receiver().setKey(key);
    return lab.post(sign([createEvent()], { key }));
  },
  'takes-store-error-for-duplicate': async (lab) => {
    const event = createEvent();
    lab.receiver().setStoreDown(true);
    return [await lab.deliver(event), await lab.count(event.id)];
  },
  'forgets-keys-after-10-min': copyAfter(11 * minuteMs),
  'forgets-keys-after-1-h': copyAfter(61 * minuteMs),
  'forgets-keys-after-2-h': copyAfter(170 * minuteMs),
  'forgets-keys-after-12-h': copyAfter(24 * 60 * minuteMs),
  'forgets-keys-of-the-future': copyAfter(-60 * minuteMs),
  'refuses-iat-5-min-ahead': sending((event) =>
    sign([event], { claims: { iat: nowSeconds() + 600 } }),
  ),
  'no-lock-while-working': copyAtWork(50, stays),
  'lease-shorter-than-work': copyAtWork(200, stays),
  'frees-claim-when-sender-leaves': copyAtWork(200, leaves),
  'copy-sets-state': async (lab) => {
    const created = createEvent(early);
    await lab.deliver(created);
    await lab.deliver(createEvent({ ...late, event_action: 'succeeded', object: created.object }));
    await lab.deliver(created);
    return lab.state(created.object['check_id']);
  },
  'large-events-without-key': async (lab) => {
    const event = createEvent({ object: { check_id: 'CHK1', blob: 'x'.repeat(300_000) } });
    await lab.deliver(event);
    await lab.deliver(event);
    return lab.count(event.id);
  },
};
