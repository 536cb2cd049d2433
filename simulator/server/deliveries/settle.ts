/**
 * Attempts that have ended, and all that follows from them, in one transaction: they are counted and
 * judged in the order in which they ended, their deliveries are settled or tried again, their jobs are
 * done. The order of things is that of `core/delivery.ts`.
 */
import { randomUUID } from 'node:crypto';
import { type Outcome, failedUnder } from '../../core/outcome.js';
import { createRandom } from '../../core/random.js';
import { type AttemptsSoFar, addAttempt, nextDueMs } from '../../core/schedule.js';
import type { Job } from '../queue/queue.js';
import type { Change, StoredAttempt } from '../stand-in.js';
import {
  type DeliveryRow,
  changeDeliveries,
  readDeliveries,
  refreshEvents,
} from '../store/deliveries.js';
import { type HookRow, changeHooks, lockHooks } from '../store/hooks.js';
import { insertEntries } from '../store/ledger.js';
import { type Query, together } from '../store/store.js';
import type { Context } from './context.js';
import { tell } from './news.js';
import { type Minutes, createMinutes, disableHook, touch } from './disable.js';
import { isLimited, release } from './release.js';
import { type HookWindow, takeUpWindows } from './window.js';

/** An attempt that has ended, and the job that it was. */
export interface EndedAttempt {
  readonly job: Job;
  readonly delivery: DeliveryRow;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly latencyMs: number;
  readonly outcome: Outcome;
  readonly request: StoredAttempt['request'];
  readonly response: StoredAttempt['response'];
}

interface HookInHand {
  row: HookRow;
  readonly window: HookWindow;
  ok: number;
  failed: number;
}

type Fate = Pick<DeliveryRow, 'status' | 'due_ms' | 'job_id'> & {
  readonly next: StoredAttempt['next'];
};

/** What is due later than this is found by looking; nobody need be woken for it. */
const SOON_MS = { postgres: 1000, embedded: 6000 } as const;

/** Writes attempts that have ended, in the order in which they did. */
export const settleAttempts = async (
  context: Context,
  ended: readonly EndedAttempt[],
): Promise<void> => {
  const inOrder = ended.toSorted((one, other) => one.endedMs - other.endedMs);
  const hookIds = [...new Set(inOrder.map(({ delivery }) => delivery.hook_id))];
  const ids = inOrder.map(({ delivery }) => delivery.id);
  const changes = await context.store.transaction(async (query) => {
    // The deliveries are read after the hooks are locked, though both are asked at once.
    const [hooks, deliveries] = await together([
      lockHooks(query, hookIds, context.options.policy.scope === 'account'),
      readDeliveries(query, ids),
    ]);
    return settleIn(context, query, inOrder, { hooks, deliveries });
  });
  context.teller.tell(changes);
};

/** Returns what has changed. */
const settleIn = async (
  context: Context,
  query: Query,
  ended: readonly EndedAttempt[],
  rows: { readonly hooks: readonly HookRow[]; readonly deliveries: readonly DeliveryRow[] },
): Promise<readonly Change[]> => {
  const { policy } = context.options;
  const hooks = await takeInHand(context, query, ended, rows.hooks);
  const present = new Map(rows.deliveries.map((row) => [row.id, row]));
  const minutes = createMinutes();
  const settled: (Pick<DeliveryRow, 'id'> & Partial<DeliveryRow>)[] = [];
  const jobsToCome: { id: string; data: Job['data']; dueMs: number }[] = [];
  for (const attempt of ended) {
    const hook = hooks.get(attempt.delivery.hook_id);
    const delivery = present.get(attempt.delivery.id);
    // Somebody else has ended it: its job had expired under a process that was thought dead.
    if (hook === undefined || delivery === undefined || delivery.job_id !== attempt.job.id) {
      context.options.log.warn({ delivery: attempt.delivery.id }, 'an attempt was ended twice');
      continue;
    }
    const failed = failedUnder(policy, attempt.outcome) !== undefined;
    const counted = count(context, hook, attempt, failed);
    const figures = hook.window.at(attempt.endedMs);
    if (failed) hook.failed += 1;
    else hook.ok += 1;
    const isTripped = counted !== null && hook.row.status === 'enabled' && figures.headroom === 0;
    const status = isTripped ? 'disabled' : hook.row.status;
    const soFar = addAttempt(soFarOf(delivery), {
      startedAtMs: attempt.startedMs,
      endedAtMs: attempt.endedMs,
    });
    const dueMs = failed ? dueAfter(context, delivery, soFar) : undefined;
    const isGone = hook.row.removed_ms !== null;
    const retries = status === 'enabled' ? 'send' : isGone ? 'drop' : policy.onDisable;
    const fate = fateOf(failed, dueMs, retries);
    minutes.entries.push({
      kind: 'attempt',
      deliveryId: String(delivery.id),
      hookId: delivery.hook_id,
      eventIds: delivery.event_ids,
      attempt: soFar.count,
      resend: delivery.resend,
      startedMs: attempt.startedMs,
      endedMs: attempt.endedMs,
      countedMs: counted,
      latencyMs: attempt.latencyMs,
      outcome: attempt.outcome,
      failed,
      windowFailed: figures.failed,
      windowTotal: figures.total,
      headroom: Number.isFinite(figures.headroom) ? figures.headroom : null,
      next: fate.next,
      retryAtMs: fate.next === 'retry' || fate.next === 'held' ? fate.due_ms : null,
      request: attempt.request,
      response: attempt.response,
    });
    touch(minutes, delivery.event_ids, 1);
    minutes.changes.push(...delivery.event_ids.map((id) => ({ topic: 'attempts' as const, id })), {
      topic: 'hooks',
      id: delivery.hook_id,
    });
    settled.push({
      id: delivery.id,
      status: fate.status,
      due_ms: fate.due_ms,
      job_id: fate.job_id,
      in_air: false,
      attempts: soFar.count,
      first_started_ms: soFar.firstStartedAtMs,
      last_started_ms: soFar.lastStartedAtMs,
      last_ended_ms: soFar.lastEndedAtMs,
    });
    if (fate.job_id !== null && fate.due_ms !== null) {
      const data = { deliveryId: delivery.id };
      jobsToCome.push({ id: fate.job_id, data, dueMs: fate.due_ms });
    }
    if (!isTripped) continue;
    // What was to be tried again by an attempt before this one waits now, and is put aside with the rest.
    await changeDeliveries(query, settled.splice(0));
    await disableAll(context, query, minutes, hooks, hook, attempt.endedMs);
  }
  const limited = [...hooks.values()].map(({ row }) => row).filter(isLimited);
  const soonMs = context.queue.nowMs() + SOON_MS[context.store.kind];
  const due = limited.length > 0 || jobsToCome.some(({ dueMs }) => dueMs <= soonMs);
  const jobs = ended.map(({ job }) => job);
  // In this order, but without waiting for each: the hooks are locked while it lasts.
  await together([
    changeDeliveries(query, settled),
    putBack(query, [...hooks.values()]),
    insertEntries(query, minutes.entries),
    refreshEvents(query, minutes.events, context.queue.nowMs()),
    context.queue.add(query, 'deliveries', jobsToCome),
    context.queue.finish(query, 'deliveries', jobs),
    ...(due ? [tell(query, { changes: [], due })] : []),
  ]);
  for (const row of limited) await release(context, query, row);
  return minutes.changes;
};

const takeInHand = async (
  { options: { policy } }: Context,
  query: Query,
  ended: readonly EndedAttempt[],
  rows: readonly HookRow[],
): Promise<ReadonlyMap<string, HookInHand>> => {
  const firstAtMs = ended[0]?.endedMs ?? 0;
  const lastAtMs = ended.at(-1)?.endedMs ?? 0;
  const taken = await takeUpWindows(
    query,
    policy,
    rows.map((hook) => {
      const own = ended.filter(({ delivery }) => delivery.hook_id === hook.id);
      return {
        hook,
        firstAtMs: own[0]?.endedMs ?? firstAtMs,
        lastAtMs,
        eventIds: own.flatMap(({ delivery }) => delivery.event_ids),
      };
    }),
  );
  return new Map(
    taken.map(({ hook, window }) => [hook.id, { row: hook, window, ok: 0, failed: 0 }]),
  );
};

/** The instant that an attempt stands at in its window; null where it is not counted. */
const count = (
  { options: { policy } }: Context,
  { window }: HookInHand,
  { delivery, endedMs }: EndedAttempt,
  failed: boolean,
): number | null => {
  if (delivery.resend && !policy.resendsCounted) return null;
  return window.count(endedMs, failed, delivery.event_ids);
};

/** When a failed delivery is tried again; undefined where it is not. */
const dueAfter = (
  { options: { policy, jitter, seed } }: Context,
  { id }: DeliveryRow,
  soFar: AttemptsSoFar,
): number | undefined => {
  const dueMs = nextDueMs(policy, soFar);
  if (dueMs === undefined || jitter === 0) return dueMs;
  const random = createRandom(`${seed ?? randomUUID()}/${id}/${soFar.count}`);
  return dueMs + random.integer(0, Math.round(jitter * (dueMs - soFar.lastEndedAtMs)));
};

const soFarOf = (delivery: DeliveryRow) =>
  delivery.first_started_ms === null ||
  delivery.last_started_ms === null ||
  delivery.last_ended_ms === null
    ? undefined
    : {
        count: delivery.attempts,
        firstStartedAtMs: delivery.first_started_ms,
        lastStartedAtMs: delivery.last_started_ms,
        lastEndedAtMs: delivery.last_ended_ms,
      };

const fateOf = (
  failed: boolean,
  dueMs: number | undefined,
  retries: 'drop' | 'hold' | 'send',
): Fate => {
  const over = { due_ms: null, job_id: null };
  if (!failed) return { ...over, status: 'delivered', next: 'delivered' };
  if (dueMs === undefined) return { ...over, status: 'exhausted', next: 'exhausted' };
  if (retries === 'drop') return { ...over, status: 'dropped', next: 'dropped' };
  if (retries === 'hold') return { status: 'held', next: 'held', due_ms: dueMs, job_id: null };
  return { status: 'waiting', next: 'retry', due_ms: dueMs, job_id: randomUUID() };
};

/** The rule has tripped: its hook is disabled, and with it the account's others where it says so. */
const disableAll = async (
  context: Context,
  query: Query,
  minutes: Minutes,
  hooks: ReadonlyMap<string, HookInHand>,
  tripped: HookInHand,
  atMs: number,
): Promise<void> => {
  const others =
    context.options.policy.scope === 'account'
      ? [...hooks.values()]
          .filter((hook) => hook !== tripped && hook.row.status === 'enabled')
          .filter(({ row }) => row.subscriber_type === 'web' && row.removed_ms === null)
          .toSorted((one, other) => one.row.number - other.row.number)
      : [];
  for (const hook of [tripped, ...others]) {
    const reason = hook === tripped ? 'rule' : 'account';
    const window = hook.window.at(atMs);
    await disableHook(context, query, minutes, { hook: hook.row, reason, window, atMs });
    hook.row = { ...hook.row, status: 'disabled' };
  }
};

const putBack = async (query: Query, hooks: readonly HookInHand[]): Promise<void> => {
  const rows: (Pick<HookRow, 'id'> & Partial<HookRow>)[] = [];
  for (const { row, window, ok, failed } of hooks) {
    if (ok + failed === 0) continue;
    rows.push({
      id: row.id,
      ...(await window.save(query)),
      attempts_ok: row.attempts_ok + ok,
      attempts_failed: row.attempts_failed + failed,
    });
  }
  await changeHooks(query, rows);
};
