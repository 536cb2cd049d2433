/** E-mails come into being with what they are about, in the same transaction. */
import { composeDisabled, composeUpdate } from '../mail/compose/index.js';
import type { Hook, StoredEvent } from '../stand-in.js';
import { type NewMail, insertMails } from '../store/mails.js';
import type { Query } from '../store/store.js';
import type { Context } from './context.js';

const pageOf = ({ options }: Context, path: string): string =>
  `${options.publicUrl().replace(/\/$/, '')}/#/${path}`;

/** Writes e-mails, and has them handed over where somebody carries them. */
const post = async (context: Context, query: Query, mails: readonly NewMail[]): Promise<void> => {
  const ids = await insertMails(query, mails);
  if (context.options.mailer === undefined) return;
  const dueMs = context.queue.nowMs();
  const jobs = ids.map((mailId) => ({ data: { mailId, tries: 0 }, dueMs }));
  await context.queue.add(query, 'mails', jobs);
};

/** Tells the subscriber of e-mail hooks what happened. */
export const postUpdates = async (
  context: Context,
  query: Query,
  updates: readonly { readonly hook: Hook; readonly event: StoredEvent }[],
): Promise<void> => {
  await post(
    context,
    query,
    updates.map(({ hook, event }) => ({
      key: `update/${hook.id}/${event.id}`,
      kind: 'update',
      hookId: hook.id,
      role: 'subscriber',
      to: hook.subscriberAddress ?? '',
      language: hook.subscriberLanguage,
      ...composeUpdate({ hook, event, pageUrl: pageOf(context, `events/${event.id}`) }),
      createdMs: event.createdMs,
    })),
  );
};

/** Tells a hook's creator and owner that the rule disabled it, for the so many-th time. */
export const postDisabled = async (
  context: Context,
  query: Query,
  disabled: {
    readonly hook: Hook;
    readonly times: number;
    readonly window: { readonly failed: number; readonly total: number };
    readonly atMs: number;
  },
): Promise<readonly string[]> => {
  const { hook, times, window, atMs } = disabled;
  const recipients = [
    { role: 'creator', to: hook.creatorAddress },
    { role: 'owner', to: hook.ownerAddress },
  ] as const;
  await post(
    context,
    query,
    recipients.map(({ role, to }) => ({
      key: `disabled/${hook.id}/${times}/${role}`,
      kind: 'disabled',
      hookId: hook.id,
      role,
      to,
      language: hook.subscriberLanguage,
      ...composeDisabled({
        hook,
        role,
        window,
        policy: context.options.policy,
        atMs,
        enableUrl: pageOf(context, `hooks/${hook.id}`),
      }),
      createdMs: atMs,
    })),
  );
  return recipients.map(({ to }) => to);
};
