import type { Lab } from '../lab.js';
import { countOf, send } from '../lab.js';
import { createEvent, flipped, nowSeconds, sign, type SentEvent } from '../token.js';
import { inTurn, type Demonstration } from './demonstration.js';
import { recovery } from './recovery.js';

const copies = (count: number, event: SentEvent): readonly SentEvent[] =>
  Array.from({ length: count }, () => event);

const fresh = (count: number): readonly SentEvent[] =>
  Array.from({ length: count }, () => createEvent());

const deliverAll = (lab: Lab, events: readonly SentEvent[]): Promise<number[]> =>
  Promise.all(events.map((event) => lab.deliver(event)));

const counts = (lab: Lab, ...events: readonly SentEvent[]): Promise<number[]> =>
  Promise.all(events.map(({ id }) => lab.count(id)));

/** An event, then the same once more. */
const twice: Demonstration = async (lab) => {
  const event = createEvent();
  return [await lab.deliver(event), await lab.deliver(event), await lab.count(event.id)];
};

/** An event, then the same under another iat. */
const signedAgain: Demonstration = async (lab) => {
  const event = createEvent();
  await lab.deliver(event);
  await lab.post(sign([event], { claims: { iat: nowSeconds() - 600 } }));
  return lab.count(event.id);
};

const atOnce: Demonstration = async (lab) => {
  const event = createEvent();
  await deliverAll(lab, copies(10, event));
  return lab.count(event.id);
};

/** An event whose effect fails, then its retry. */
const failingFirst: Demonstration = async (lab) => {
  const event = createEvent();
  lab.sink.fail(event.id, 1);
  const statuses = [await lab.deliver(event), await lab.deliver(event)];
  return [statuses, await lab.count(event.id)];
};

const batch =
  (make: (one: SentEvent, two: SentEvent) => readonly (readonly SentEvent[])[]): Demonstration =>
  async (lab) => {
    const [one, two] = [createEvent(), createEvent()];
    const statuses: number[] = [];
    for (const events of make(one, two)) statuses.push(await lab.deliver(...events));
    return [statuses, await counts(lab, one, two)];
  };

/** How many of so many events are applied, by the receiver's own account. */
const large =
  (count: number): Demonstration =>
  async (lab) => {
    let applied = 0;
    for (let done = 0; done < count; done += 200) {
      const { text } = await lab.reply(sign(fresh(200)));
      applied += (JSON.parse(text) as { readonly applied: number }).applied;
    }
    return applied;
  };

/** Two events of one resource: the state, and how often each is there. */
const inState =
  (first: Partial<SentEvent>, second: Partial<SentEvent>): Demonstration =>
  async (lab) => {
    const one = createEvent(first);
    const two = createEvent({ object: one.object, ...second });
    await lab.deliver(one);
    await lab.deliver(two);
    return [await lab.state(one.object['check_id']), await counts(lab, one, two)];
  };

const early = { timestamp: '2026-01-02T03:04:05Z' } as const;
const late = { timestamp: '2026-01-02T03:04:09Z' } as const;

const restarted =
  (kill: boolean): Demonstration =>
  async (lab) => {
    const event = createEvent();
    await lab.deliver(event);
    await lab.restart({ kill });
    const before = await lab.count(event.id);
    await lab.deliver(event);
    return [before, await lab.count(event.id), lab.sink.countOf(event.id)];
  };

const forgetting =
  (ms: number): Demonstration =>
  async (lab) => {
    const event = createEvent();
    await lab.deliver(event);
    lab.advance(ms);
    await lab.deliver(event);
    return lab.count(event.id);
  };

const afterOthers =
  (others: number): Demonstration =>
  async (lab) => {
    const event = createEvent();
    await lab.deliver(event);
    const events = fresh(others);
    for (let start = 0; start < others; start += 200) {
      await lab.deliver(...events.slice(start, start + 200));
    }
    await lab.deliver(event);
    return lab.count(event.id);
  };

const ofProcess = { identity_process_id: 'IDP1', process_id: 'IDP1' } as const;

/** Demonstrations of the mutants of idempotency, by their ids. */
export const idempotency: Readonly<Record<string, Demonstration>> = {
  ...recovery,
  'no-deduplication': twice,
  'answers-409-to-duplicate': twice,
  'answers-500-to-duplicate': twice,
  'effect-before-check': async (lab) => {
    const event = createEvent();
    await lab.deliver(event);
    await lab.deliver(event);
    return lab.sink.countOf(event.id);
  },
  'key-is-body-hash': signedAgain,
  'key-has-iat': signedAgain,
  'key-has-signature': signedAgain,
  'key-is-iat': async (lab) => {
    const events = fresh(2);
    const claims = { iat: nowSeconds() - 5 };
    for (const event of events) await lab.post(sign([event], { claims }));
    return counts(lab, ...events);
  },
  'key-is-resource': inState({}, { event_action: 'succeeded' }),
  'key-is-account': inTurn({ object: { account_id: 'ACC1' } }, { object: { account_id: 'ACC1' } }),
  'key-is-client': inTurn({ object: { client_id: 'TCI1' } }, { object: { client_id: 'TCI1' } }),
  'key-is-content': inTurn({ id: 'HKE1' }, { id: 'HKE1', event_action: 'succeeded' }),
  'batch-keeps-last-of-resource': async (lab) => {
    const one = createEvent();
    const two = createEvent({ object: one.object, event_action: 'succeeded' });
    await lab.deliver(one, two);
    return counts(lab, one, two);
  },
  'refuses-batches': batch((one, two) => [[one, two]]),
  'key-is-timestamp': inTurn({}, {}),
  'key-is-resource-and-second': inState({}, { event_action: 'succeeded' }),
  'key-is-type-action-resource': inState(early, late),
  'key-is-process-and-action': inTurn(
    { event_type: 'document_validation', object: { validation_id: 'VLD1', ...ofProcess } },
    { event_type: 'identity_process', object: ofProcess },
  ),
  'key-is-16-bit-hash': large(3_000),
  'normalises-key': inTurn({ id: 'HKEé' }, { id: 'HKEé ' }),
  'compares-keys-as-numbers': inTurn({ id: '1000' }, { id: '1e3' }),
  'key-ignores-case': inTurn({ id: 'HKEab' }, { id: 'HKEAB' }),
  'key-cut-to-32': inTurn({ id: `${'a'.repeat(42)}b` }, { id: `${'a'.repeat(42)}c` }),
  'keys-in-memory-after-effect': atOnce,
  'filters-batch-at-once': batch((one) => [[one, one]]),
  'key-is-missing': inTurn({}, {}),
  'looks-up-batch-before-insert': batch((one) => [[one, one]]),
  'check-then-insert': atOnce,
  'keys-in-memory-before-effect': restarted(false),
  'nothing-on-disk': restarted(false),
  'writes-later': restarted(true),
  'keys-per-worker': atOnce,
  'keys-per-instance': async (lab) => {
    const event = createEvent();
    const other = await lab.another();
    await lab.deliver(event);
    await send(other, sign([event]));
    return [await countOf(other, event.id), lab.sink.countOf(event.id)];
  },
  'keeps-last-1000-keys': afterOthers(1_001),
  'keeps-last-50-keys': afterOthers(60),
  'keeps-last-key': afterOthers(1),
  'forgets-keys-after-1-s': forgetting(1_500),
  'forgets-keys-after-5-min': forgetting(6 * 60_000),
  'records-key-before-verifying': async (lab) => {
    const event = createEvent();
    return [
      await lab.post(flipped(sign([event]))),
      await lab.deliver(event),
      await lab.count(event.id),
    ];
  },
  'records-keys-of-expired': async (lab) => {
    const event = createEvent();
    const claims = { exp: nowSeconds() - 60 };
    return [
      await lab.post(sign([event], { claims })),
      await lab.deliver(event),
      await lab.count(event.id),
    ];
  },
  'remembers-refused-tokens': async (lab) => {
    const event = createEvent();
    const token = sign([event]);
    await lab.restart({ key: 'a wrong key' });
    const first = await lab.post(token);
    await lab.restart();
    return [first, await lab.post(token), await lab.count(event.id)];
  },
  'never-releases-claim': failingFirst,
  'never-frees-failed-lease': failingFirst,
  'claims-and-swallows-failure': failingFirst,
  'acknowledges-failed-event': failingFirst,
  'answers-before-work': failingFirst,
  'full-queue-drops-events': async (lab) => {
    const events = fresh(20);
    await lab.deliver(...events);
    await lab.count(events[15]?.id ?? '');
    return counts(lab, ...events.slice(16));
  },
  'stops-batch-at-failure': async (lab) => {
    const [bad, good] = [createEvent(), createEvent()];
    lab.sink.fail(bad.id, 1);
    return [await lab.deliver(bad, good), await counts(lab, bad, good)];
  },
  'poison-event-blocks-all': async (lab) => {
    const [bad, good] = [createEvent(), createEvent()];
    lab.sink.fail(bad.id, 99);
    return [await lab.deliver(bad), await lab.deliver(good), await lab.count(good.id)];
  },
  'acknowledges-copy-in-flight': async (lab) => {
    const event = createEvent();
    const release = lab.sink.hold(event.id);
    lab.sink.fail(event.id, 2);
    const first = lab.deliver(event);
    const second = lab.post(sign([event]), { timeoutMs: 300 });
    const early = await second;
    release();
    return [await first, early];
  },
  'fails-open': async (lab) => {
    const event = createEvent();
    lab.receiver().setStoreDown(true);
    return [await lab.deliver(event), await lab.count(event.id)];
  },
  'locks-batch-in-order': async (lab) => {
    const [one, two] = [createEvent(), createEvent()];
    const within = { timeoutMs: 700 };
    return Promise.all([lab.post(sign([one, two]), within), lab.post(sign([two, one]), within)]);
  },
  'database-is-locked': async (lab) => {
    const events = fresh(5);
    const statuses = await deliverAll(lab, events);
    await deliverAll(lab, events);
    return [statuses, await counts(lab, ...events)];
  },
  'rewrites-one-json-file': async (lab) => {
    const events = fresh(20);
    await deliverAll(lab, events);
    return counts(lab, ...events);
  },
  'last-arrival-sets-state': inState({ ...late, event_action: 'succeeded' }, early),
  'state-ordered-by-action': inState(
    { ...late, event_action: 'succeeded' },
    { ...early, event_action: 'failed' },
  ),
  'state-by-second': inState({ event_action: 'succeeded' }, {}),
  'drops-older-timestamp': inTurn(late, early),
  'drops-older-iat': async (lab) => {
    const [newer, older] = [createEvent(), createEvent()];
    await lab.deliver(newer);
    await lab.post(sign([older], { claims: { iat: nowSeconds() - 600 } }));
    return lab.count(older.id);
  },
  'first-event-only': batch((one, two) => [[one, two]]),
  'last-event-only': batch((one, two) => [[one, two]]),
  'first-100-events-only': large(200),
  'skips-batch-with-known-event': batch((one, two) => [[one], [two, one]]),
  'stops-batch-at-known-event': batch((one, two) => [[one], [one, two]]),
  'key-of-whole-batch': batch((one, two) => [[one], [one, two]]),
};
