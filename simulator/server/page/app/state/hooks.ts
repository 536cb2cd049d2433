/** What is done with hooks, in one place for all views. */
import type { Fault, Hook, HookDraft, HookWithFigures, Page } from '../../../stand-in.js';
import type { Topic } from '../live/coalesce.js';
import { useSession, type Session } from './session.js';
import { type Loaded, useLoaded } from './use-loaded.js';

/** A window changes with each attempt. */
const HOOK_TOPICS: readonly Topic[] = ['hooks', 'attempts', 'clock'];

/** What people call a hook. */
export const titleOf = (hook: Hook): string =>
  [hook.subscriberName, hook.subscriberUrl, hook.subscriberAddress].find(
    (text) => text !== null && text !== '',
  ) ?? hook.id;

/** What it is told of. */
export const describeSubscription = ({ eventType, actions }: Hook): string => {
  const what = eventType === 'all' ? 'Everything' : eventType;
  return actions.length === 0 ? what : `${what}: ${actions.join(', ')}`;
};

const pathOf = (id: string): string => `/hooks/${encodeURIComponent(id)}`;

export const useHooks = (): Loaded<Page<HookWithFigures>> => {
  const { client, live } = useSession();
  return useLoaded(live, 'hooks', HOOK_TOPICS, (signal) =>
    client.ask<Page<HookWithFigures>>('GET', '/hooks?limit=100', undefined, signal),
  );
};

export const useHook = (id: string): Loaded<HookWithFigures> => {
  const { client, live } = useSession();
  return useLoaded(live, id, HOOK_TOPICS, (signal) =>
    client.ask<HookWithFigures>('GET', pathOf(id), undefined, signal),
  );
};

export const setEnabled = async (
  { client, announce }: Session,
  hook: Hook,
  enabled: boolean,
): Promise<void> => {
  await client.ask('POST', `${pathOf(hook.id)}/${enabled ? 'enable' : 'disable'}`);
  announce(`${titleOf(hook)} is ${enabled ? 'enabled' : 'disabled'}.`);
};

export const setFault = async (
  { client, announce }: Session,
  id: string,
  fault: Fault | null,
): Promise<void> => {
  if (fault === null) await client.ask('DELETE', `${pathOf(id)}/fault`);
  else await client.ask('PUT', `${pathOf(id)}/fault`, fault);
  announce(fault === null ? 'The receiver is asked again.' : 'The fault is played.');
};

export const saveHook = async (
  { client, announce }: Session,
  id: string | undefined,
  draft: Partial<HookDraft>,
): Promise<HookWithFigures> => {
  const hook =
    id === undefined
      ? await client.ask<HookWithFigures>('POST', '/hooks', draft)
      : await client.ask<HookWithFigures>('PATCH', pathOf(id), draft);
  announce(`${titleOf(hook)} is ${id === undefined ? 'created' : 'saved'}.`);
  return hook;
};

export const removeHook = async ({ client, announce }: Session, hook: Hook): Promise<void> => {
  await client.ask('DELETE', pathOf(hook.id));
  announce(`${titleOf(hook)} is deleted.`);
};
