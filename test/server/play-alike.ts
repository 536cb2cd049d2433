/** Plays a scenario twice: by the simulator, and by a stand-in on a test clock. */
import type { DeliveryPolicy } from '../../simulator/core/policy.js';
import type { FailureKind, Outcome } from '../../simulator/core/outcome.js';
import type { Transport } from '../../simulator/sender/transport.js';
import { openStandIn } from '../../simulator/server/open.js';
import type { Database } from '../../simulator/server/options.js';
import type { LedgerEntry, StandIn } from '../../simulator/server/stand-in.js';
import type { LedgerRow } from '../../simulator/virtual/ledger.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { playFast } from '../virtual/play-fast.js';
import { standInOptions } from './stand-in.js';

/** A row in words that both know: who, what, when, and what came of it. */
export type CommonRow = Readonly<Record<string, unknown>>;

type TimedRow = Exclude<LedgerRow, { kind: 'polled' }>;

/** What a simulation tells, but for what only a simulation knows. */
const foretold = (rows: readonly TimedRow[]): readonly CommonRow[] =>
  rows.map((row): CommonRow => {
    const { kind, atMs, hook } = row;
    switch (row.kind) {
      case 'attempt': {
        const { event, attempt, startedAtMs, failed, windowFailed, windowTotal, headroom } = row;
        const { next, retryAtMs } = row;
        const figures = { failed, windowFailed, windowTotal, headroom, next, retryAtMs };
        return { kind, atMs, hook, event, attempt, startedAtMs, ...figures };
      }
      case 'disabled': {
        const { reason, windowFailed, windowTotal } = row;
        return { kind, atMs, hook, reason, windowFailed, windowTotal };
      }
      case 'missed':
      case 'dropped':
        return { kind, atMs, hook, event: row.event };
      case 'mail':
      case 'enabled':
        return { kind, atMs, hook };
    }
  });

const kept = (
  entries: readonly LedgerEntry[],
  names: { readonly hook: (id: string) => string; readonly event: (id: string) => number },
  baseMs: number,
): readonly CommonRow[] =>
  entries.map((entry): CommonRow => {
    const hook = names.hook(entry.hookId);
    const event = names.event(entry.eventIds[0] ?? '');
    if (entry.kind === 'attempt') {
      const { kind, attempt, failed, windowFailed, windowTotal, headroom, retryAtMs } = entry;
      // A simulation holds a retry only when it is due.
      const next = entry.next === 'held' ? 'retry' : entry.next;
      const [atMs, startedAtMs] = [entry.endedMs - baseMs, entry.startedMs - baseMs];
      const retry = retryAtMs === null ? null : retryAtMs - baseMs;
      const figures = { failed, windowFailed, windowTotal, headroom, next, retryAtMs: retry };
      return { kind, atMs, hook, event, attempt, startedAtMs, ...figures };
    }
    const { kind, reason, windowFailed, windowTotal } = entry;
    const atMs = entry.atMs - baseMs;
    if (kind === 'disabled') return { kind, atMs, hook, reason, windowFailed, windowTotal };
    if (kind === 'missed' || kind === 'dropped') return { kind, atMs, hook, event };
    return { kind, atMs, hook };
  });

const outcomeOf = (answer: string): Outcome =>
  /^\d+$/.test(answer)
    ? { kind: 'response', status: Number(answer), redirects: 0 }
    : { kind: 'failure', failure: answer as FailureKind, detail: 'as foretold' };

/** Events carry their numbers as their version. */
const numberIn = (body: Uint8Array): number => {
  const [, claims = ''] = new TextDecoder().decode(body).split('.');
  const { events } = JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as {
    events: { version: string }[];
  };
  return Number(events[0]?.version);
};

/** What is dropped at once is dropped in no order: here by the numbers of the events. */
const inOrder = (rows: readonly CommonRow[]): readonly CommonRow[] => {
  const sorted: CommonRow[] = [];
  for (const row of rows) {
    let place = sorted.length;
    while (place > 0 && row['kind'] === 'dropped') {
      const before = sorted[place - 1];
      if (before?.['kind'] !== 'dropped' || before['hook'] !== row['hook']) break;
      if (Number(before['event']) <= Number(row['event'])) break;
      place -= 1;
    }
    sorted.splice(place, 0, row);
  }
  return sorted;
};

interface PlannedEvent {
  readonly number: number;
  readonly atMs: number;
  readonly name: string;
  readonly hooks: readonly string[];
}

/** The events of a simulation, in their order, and whom each was told to. */
const eventsOf = (rows: readonly TimedRow[]): readonly PlannedEvent[] => {
  const events = new Map<number, PlannedEvent>();
  for (const row of rows) {
    const isFirst = row.kind === 'missed' || (row.kind === 'attempt' && row.attempt === 1);
    if (!isFirst) continue;
    const { event: number, atMs, name, hook } = row;
    const hooks = [...(events.get(number)?.hooks ?? []), hook];
    events.set(number, { number, atMs: events.get(number)?.atMs ?? atMs, name, hooks });
  }
  return [...events.values()].toSorted((one, other) => one.number - other.number);
};

/** By hand, at instants of the scenario at which nothing else happens. */
export interface ByHand {
  readonly atMs: number;
  readonly hook: string;
  readonly status: 'enabled' | 'disabled';
}

/** The rows of both plays. The scenario's receivers answer at once, and nobody resends. */
export const playAlike = async (
  scenario: Scenario,
  policy: DeliveryPolicy,
  database: Database,
  byHand: readonly ByHand[] = [],
): Promise<{ readonly foretold: readonly CommonRow[]; readonly kept: readonly CommonRow[] }> => {
  const played = await playFast({ ...scenario, policy: { ...policy } });
  const rows = played.rows.filter((row) => row.kind !== 'polled');
  const events = eventsOf(rows);
  const answers = new Map(
    rows.flatMap((row) =>
      row.kind === 'attempt' ? [[`${row.hook} ${row.event} ${row.attempt}`, row.answer]] : [],
    ),
  );
  const tries = new Map<string, number>();
  const transport: Transport = {
    send: async ({ url, body }) => {
      const hook = decodeURIComponent(new URL(url).pathname.slice(1));
      const delivery = `${hook} ${numberIn(body)}`;
      const attempt = (tries.get(delivery) ?? 0) + 1;
      tries.set(delivery, attempt);
      // What was not foretold gets an answer that shows.
      const outcome = outcomeOf(answers.get(`${delivery} ${attempt}`) ?? '418');
      return { outcome, headers: {}, body: new Uint8Array(), latencyMs: 0 };
    },
    sendInSequence: async () => [],
  };
  const standIn = await openStandIn(standInOptions({ policy, transport, database }));
  try {
    const names = new Map<string, string>();
    for (const { id } of (await standIn.hooks.list()).rows) await standIn.hooks.remove(id);
    for (const { hook } of played.hooks) {
      const subscriberUrl = `http://127.0.0.1:9/${encodeURIComponent(hook)}`;
      const order = { eventType: 'all', subscriberType: 'web', subscriberUrl } as const;
      names.set((await standIn.hooks.create(order)).id, hook);
    }
    const baseMs = await live(standIn, events, byHand, names);
    const numbers = await numbersOf(standIn);
    const hook = (id: string): string => names.get(id) ?? '';
    const event = (id: string): number => numbers.get(id) ?? -1;
    const entries = (await everythingIn(standIn)).filter(({ hookId }) => names.has(hookId));
    return {
      foretold: inOrder(foretold(rows)),
      kept: inOrder(kept(entries, { hook, event }, baseMs)),
    };
  } finally {
    await standIn.close();
  }
};

/** Lets it all happen; returns the instant of the stand-in's clock that is the scenario's time 0. */
const live = async (
  standIn: StandIn,
  events: readonly PlannedEvent[],
  byHand: readonly ByHand[],
  names: ReadonlyMap<string, string>,
): Promise<number> => {
  const ids = new Map([...names].map(([id, hook]) => [hook, id]));
  const idOf = (hook: string): string => ids.get(hook) ?? '';
  const firstMs = Math.min(...events.map(({ atMs }) => atMs), 0);
  const baseMs = standIn.clock.nowMs() + 1000 - firstMs;
  for (const { number, atMs, name, hooks } of events) {
    const afterMs = baseMs + atMs - standIn.clock.nowMs();
    const set = { version: String(number) };
    await standIn.emit({ event: name, hooks: hooks.map(idOf), afterMs, set });
  }
  const until = async (atMs: number): Promise<void> => {
    await standIn.clock.advance(Math.max(0, baseMs + atMs - standIn.clock.nowMs()));
  };
  for (const { atMs, hook, status } of byHand) {
    await until(atMs);
    await standIn.hooks.update(idOf(hook), { status });
  }
  await until((events.at(-1)?.atMs ?? 0) + 12 * 3_600_000);
  return baseMs;
};

const numbersOf = async (standIn: StandIn): Promise<ReadonlyMap<string, number>> => {
  const numbers = new Map<string, number>();
  for (let startKey: string | undefined; ;) {
    const page = await standIn.events.list({
      limit: 1000,
      ...(startKey !== undefined && { startKey }),
    });
    for (const { id, version } of page.rows) numbers.set(id, Number(version));
    if (page.next === null) return numbers;
    startKey = page.next;
  }
};

const everythingIn = async (standIn: StandIn): Promise<readonly LedgerEntry[]> => {
  const entries: LedgerEntry[] = [];
  for (let startKey: string | undefined; ;) {
    const page = await standIn.ledger({ limit: 1000, ...(startKey !== undefined && { startKey }) });
    entries.push(...page.rows);
    if (page.next === null) return entries;
    startKey = page.next;
  }
};
