/** Hooks are made, changed and removed by hand. */
import { createIdentifier } from '../../catalog/index.js';
import { HookproofError } from '../../core/errors.js';
import type { Fault, HookDraft } from '../stand-in.js';
import { putAside, refreshEvents } from '../store/deliveries.js';
import { type HookRow, changeHook, insertHook, lockHooks } from '../store/hooks.js';
import { insertEntries } from '../store/ledger.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';
import { tell } from './news.js';
import { createMinutes, disableHook, touch } from './disable.js';
import { draw } from './emit.js';
import { enableHook } from './enable.js';
import { release } from './release.js';
import { warnOfSilence } from './warn-of-silence.js';
import { takeUpWindows } from './window.js';

const KEY = /^[0-9a-f]{64}$/i;

const checkKey = (key: string): string => {
  if (KEY.test(key)) return key;
  throw new HookproofError(
    'invalid_argument',
    'expected a signing key of 64 hexadecimal characters',
    'leave it out to have one drawn',
  );
};

/** What a draft says of a hook, by the names of columns. */
const columnsOf = (draft: Partial<HookDraft>): Partial<HookRow> => {
  const columns = {
    event_type: draft.eventType,
    actions: draft.actions,
    subscriber_type: draft.subscriberType,
    subscriber_url: draft.subscriberUrl,
    subscriber_address: draft.subscriberAddress,
    subscriber_name: draft.subscriberName,
    subscriber_language: draft.subscriberLanguage,
    creator_address: draft.creatorAddress,
    owner_address: draft.ownerAddress,
    concurrency: draft.concurrency,
    ordered: draft.ordered,
  };
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined));
};

const checkTarget = (
  hook: Pick<HookRow, 'subscriber_type' | 'subscriber_url' | 'subscriber_address' | 'concurrency'>,
): void => {
  const { concurrency, subscriber_type: type } = hook;
  const refuse = (what: string, remedy: string): never => {
    throw new HookproofError('invalid_argument', what, remedy);
  };
  if (type === 'web' && !/^https?:\/\//.test(hook.subscriber_url ?? '')) {
    refuse(
      (hook.subscriber_url ?? '') === ''
        ? 'a web hook needs a subscriber_url'
        : 'the subscriber_url of a web hook begins with http:// or https://',
      'write it as http://localhost:3000/webhooks/truora',
    );
  }
  // `URL` leaves line breaks out; what shows the URL as it was written would not.
  const isUrl = (text: string): boolean => URL.canParse(text) && !/[\s\p{Cc}]/u.test(text);
  if (type === 'web' && !isUrl(hook.subscriber_url ?? '')) {
    refuse('subscriber_url is no URL', 'write it as http://localhost:3000/webhooks/truora');
  }
  if (type === 'email' && !/^\S+@\S+$/.test(hook.subscriber_address ?? '')) {
    refuse('an e-mail hook needs a subscriber_address', 'write it as somebody@example.com');
  }
  if (concurrency !== null && !(Number.isSafeInteger(concurrency) && concurrency >= 1)) {
    refuse('concurrency: expected a whole number of at least 1', 'leave it out for no bound');
  }
};

/** Makes a hook, and returns its id. */
export const createHook = async (context: Context, draft: HookDraft): Promise<string> =>
  context.store.transaction(async (query) => {
    const random = await draw(context, query);
    const nowMs = context.queue.nowMs();
    const id = createIdentifier('HOK', random);
    const key = draft.signingKey === undefined ? random.hex(64) : checkKey(draft.signingKey);
    const isDisabled = draft.status === 'disabled';
    const row: Omit<HookRow, 'number'> = {
      id,
      event_type: 'all',
      actions: [],
      subscriber_type: 'web',
      subscriber_url: null,
      subscriber_address: null,
      subscriber_name: '',
      subscriber_language: 'es',
      status: isDisabled ? 'disabled' : 'enabled',
      creator_address: 'creator@example.com',
      owner_address: 'owner@example.com',
      created_ms: nowMs,
      updated_ms: nowMs,
      disabled_ms: isDisabled ? nowMs : null,
      disabled_reason: isDisabled ? 'request' : null,
      disabled_times: 0,
      removed_ms: null,
      fault: null,
      concurrency: null,
      ordered: false,
      window_failed: 0,
      window_total: 0,
      window_from_ms: 0,
      window_last_ms: 0,
      window_first_ms: null,
      window_after: 0,
      attempts_ok: 0,
      attempts_failed: 0,
      ...columnsOf(draft),
      signing_key: context.seal.close(key),
    };
    checkTarget(row);
    await insertHook(query, row);
    warnOfSilence(context.options.log, row);
    await tell(query, { changes: [{ topic: 'hooks', id }], due: false });
    return id;
  });

const lockOne = async (query: Query, id: string): Promise<HookRow | undefined> =>
  (await lockHooks(query, [id])).find(({ removed_ms: removedMs }) => removedMs === null);

/** Changes a hook; tells whether there is one. */
export const updateHook = async (
  context: Context,
  id: string,
  changes: Partial<HookDraft>,
): Promise<boolean> =>
  context.store.transaction(async (query) => {
    const hook = await lockOne(query, id);
    if (hook === undefined) return false;
    const nowMs = context.queue.nowMs();
    const key = changes.signingKey;
    const columns = {
      ...columnsOf(changes),
      ...(key !== undefined && { signing_key: context.seal.close(checkKey(key)) }),
    };
    const changed: HookRow = { ...hook, ...columns };
    checkTarget(changed);
    await changeHook(query, id, { ...columns, updated_ms: nowMs });
    if ('event_type' in columns || 'actions' in columns) {
      warnOfSilence(context.options.log, changed);
    }
    const minutes = createMinutes();
    if (changes.status === 'disabled' && hook.status === 'enabled') {
      const { policy } = context.options;
      const wanted = { hook: changed, firstAtMs: nowMs, lastAtMs: nowMs, eventIds: [] };
      for (const { window } of await takeUpWindows(query, policy, [wanted])) {
        const disabling = {
          hook: changed,
          reason: 'request',
          window: window.at(nowMs),
          atMs: nowMs,
        } as const;
        await disableHook(context, query, minutes, disabling);
      }
    }
    if (changes.status === 'enabled' && hook.status === 'disabled') {
      await enableHook(context, query, minutes, changed);
    } else {
      await release(context, query, changed);
    }
    await insertEntries(query, minutes.entries);
    await refreshEvents(query, minutes.events, nowMs);
    const news = [...minutes.changes, { topic: 'hooks' as const, id }];
    await tell(query, { changes: news, due: true });
    return true;
  });

/** Removes a hook, and gives up what waits for it; tells whether there was one. */
export const removeHook = async (context: Context, id: string): Promise<boolean> =>
  context.store.transaction(async (query) => {
    const hook = await lockOne(query, id);
    if (hook === undefined) return false;
    const nowMs = context.queue.nowMs();
    const minutes = createMinutes();
    for (const { event_ids: eventIds } of await putAside(query, id, 'dropped')) {
      minutes.entries.push({ kind: 'dropped', hookId: id, atMs: nowMs, eventIds });
      touch(minutes, eventIds);
    }
    await changeHook(query, id, { removed_ms: nowMs, status: 'disabled' });
    await insertEntries(query, minutes.entries);
    await refreshEvents(query, minutes.events, nowMs);
    await tell(query, { changes: [{ topic: 'hooks', id }], due: false });
    return true;
  });

/** Has a fault played in place of a hook's receiver; tells whether there is such a hook. */
export const setFault = async (
  context: Context,
  id: string,
  fault: Fault | null,
): Promise<boolean> =>
  context.store.transaction(async (query) => {
    const hook = await lockOne(query, id);
    if (hook === undefined) return false;
    await changeHook(query, id, { fault });
    await tell(query, { changes: [{ topic: 'hooks', id }], due: false });
    return true;
  });
