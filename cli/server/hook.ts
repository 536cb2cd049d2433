import type { HookWithFigures, Log, StandIn } from '../../simulator/index.js';

/** The hook that `--hook` asks for. */
export interface WantedHook {
  readonly url: string;
  readonly key: string;
  /** Undefined for whatever the hook has, and all of them for a new one. */
  readonly eventType: string | undefined;
}

/** Creates the hook at its first mention; later ones only bring its key and event type up to date. */
export const ensureHook = async (standIn: StandIn, wanted: WantedHook, log: Log): Promise<void> => {
  const { url, key, eventType } = wanted;
  const found = await findByUrl(standIn, url);
  if (found === undefined) {
    const { id } = await standIn.hooks.create({
      eventType: eventType ?? 'all',
      subscriberType: 'web',
      subscriberUrl: url,
      signingKey: key,
    });
    log.info({ hook: id }, 'created the hook');
    return;
  }
  const { id, status } = found;
  const changes = {
    ...((await standIn.hooks.signingKey(id)) !== key && { signingKey: key }),
    ...(eventType !== undefined && eventType !== found.eventType && { eventType }),
  };
  if (Object.keys(changes).length > 0) {
    await standIn.hooks.update(id, changes);
    log.info({ hook: id, changed: Object.keys(changes) }, 'changed the hook');
  }
  if (status === 'disabled') log.warn({ hook: id }, 'the hook is disabled: it gets no deliveries');
};

const findByUrl = async (standIn: StandIn, url: string): Promise<HookWithFigures | undefined> => {
  let startKey: string | null = null;
  do {
    const page = await standIn.hooks.list(startKey === null ? {} : { startKey });
    const found = page.rows.find((hook) => hook.subscriberUrl === url);
    if (found !== undefined) return found;
    startKey = page.next;
  } while (startKey !== null);
  return undefined;
};
