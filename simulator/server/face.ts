/** What the stand-in shows of itself: each deed and each question, on one context. */
import { HookproofError } from '../core/errors.js';
import type { Context } from './deliveries/context.js';
import type { Drive } from './deliveries/drive.js';
import { type SetGoing, emit, live } from './deliveries/emit.js';
import { figuresOf } from './deliveries/figures.js';
import { resend } from './deliveries/resend.js';
import { createHook, removeHook, setFault, updateHook } from './deliveries/subscriptions.js';
import type { Emitted, StandIn } from './stand-in.js';
import { readNextComing } from './store/coming.js';
import { deliveryOf, readDeliveries, readDeliveriesOf, readNextDue } from './store/deliveries.js';
import {
  listEvents,
  overrideResource,
  readEvent,
  readEvents,
  readResource,
} from './store/events.js';
import { readHook, readHooks } from './store/hooks.js';
import { listLedger, readAttemptsOf } from './store/ledger.js';
import { listMails, readMail } from './store/mails.js';
import { limitOf, pageOf, startOf } from './store/paging.js';
import { readTotals } from './store/totals.js';
import { tell } from './deliveries/news.js';

/** Events are kept for 60 days (DOC). */
const KEPT_MS = 60 * 24 * 60 * 60 * 1000;

export const faceOf = (
  context: Context,
  life: {
    readonly drive: Drive | undefined;
    readonly isWell: () => boolean;
    readonly watch: StandIn['watch'];
    readonly close: StandIn['close'];
  },
): StandIn => {
  const { store, queue, options } = context;
  const { query } = store;
  const { drive } = life;
  const sinceMs = (): number => queue.nowMs() - KEPT_MS;
  const then = async <Result>(act: () => Promise<Result>): Promise<Result> =>
    drive === undefined ? act() : drive.then(act);
  const find: StandIn['hooks']['find'] = async (id) => {
    const row = await readHook(query, id);
    return row === undefined ? undefined : (await figuresOf(context, [row]))[0];
  };
  const deliveriesBy = async (ids: readonly number[]) =>
    (await readDeliveries(query, ids)).toSorted((one, other) => one.id - other.id).map(deliveryOf);
  const emitted = async (going: SetGoing): Promise<Emitted> => {
    const events = await readEvents(query, going.eventIds);
    return {
      events: going.eventIds.flatMap((id) => events.get(id) ?? []),
      deliveries: await deliveriesBy(going.deliveryIds),
      scheduled: going.scheduled,
      resourceIds: going.resourceIds,
    };
  };
  return {
    policy: options.policy,
    hooks: {
      list: async (order = {}) => {
        const limit = limitOf(order);
        const rows = await readHooks(query, { after: startOf(order) ?? 0, limit: limit + 1 });
        const page = pageOf(
          rows,
          limit,
          ({ number }) => number,
          (row) => row,
        );
        return { rows: await figuresOf(context, page.rows), next: page.next };
      },
      find,
      create: async (draft) => {
        const made = await find(await createHook(context, draft));
        if (made === undefined) throw new Error('a hook is there once it is made');
        return made;
      },
      update: async (id, changes) =>
        (await then(async () => updateHook(context, id, changes))) ? find(id) : undefined,
      remove: async (id) => removeHook(context, id),
      signingKey: async (id) => {
        const row = await readHook(query, id);
        return row === undefined ? undefined : context.seal.open(row.signing_key);
      },
      setFault: async (id, fault) => setFault(context, id, fault),
    },
    events: {
      list: async (order = {}) => listEvents(query, order, sinceMs()),
      find: async (id) => readEvent(query, id, sinceMs()),
      deliveriesOf: async (id) => (await readDeliveriesOf(query, id)).map(deliveryOf),
      attemptsOf: async (id) => readAttemptsOf(query, id),
    },
    resources: {
      find: async (id) => readResource(query, id),
      override: async (id, status) => {
        const isThere = await overrideResource(query, id, status, queue.nowMs());
        if (isThere) await tell(query, { changes: [{ topic: 'events', id: null }], due: false });
        return isThere;
      },
    },
    emit: async (order) => emitted(await then(async () => emit(context, order))),
    lifecycle: async (order) => emitted(await then(async () => live(context, order))),
    resend: async (eventId, hooks) => {
      const ids = await then(async () => resend(context, eventId, hooks, sinceMs()));
      return ids === undefined ? undefined : deliveriesBy(ids);
    },
    ledger: async (order = {}) => listLedger(query, order),
    mails: {
      list: async (order = {}) => listMails(query, order),
      find: async (id) => readMail(query, id),
    },
    clock: {
      kind: options.clock,
      nowMs: queue.nowMs,
      nextDueMs: async () => {
        const dues = [await readNextDue(query), await readNextComing(query)];
        const next = Math.min(...dues.map((dueMs) => dueMs ?? Number.POSITIVE_INFINITY));
        return Number.isFinite(next) ? next : null;
      },
      advance: async (byMs) => {
        if (drive !== undefined && Number.isSafeInteger(byMs) && byMs >= 0) {
          return drive.advance(byMs);
        }
        throw drive === undefined
          ? new HookproofError(
              'invalid_argument',
              'the real clock cannot be moved',
              'start with --clock test',
            )
          : new HookproofError(
              'invalid_argument',
              `expected whole milliseconds to let pass, got ${byMs}`,
              'time runs forwards only',
            );
      },
    },
    totals: async () => readTotals(query),
    watch: life.watch,
    isReady: async () => {
      if (!life.isWell()) return false;
      return query('SELECT 1').then(
        () => true,
        () => false,
      );
    },
    close: life.close,
  };
};
