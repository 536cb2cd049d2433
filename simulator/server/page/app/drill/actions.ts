/** What the drill's buttons do. */
import type { Emitted, Hook, Page, StoredEvent, StoredMail } from '../../../stand-in.js';
import type { EventDetails } from '../api/answers.js';
import { queryOf } from '../api/query.js';
import { setEnabled, setFault } from '../state/hooks.js';
import type { Session } from '../state/session.js';
import { type Drill, mailOf, type Polled } from './drill.js';

const EVENT = 'checks.finished';

export const breakReceiver = async (session: Session, hookId: string): Promise<void> =>
  setFault(session, hookId, { outcome: { kind: 'status', status: 503 }, times: null });

export const emitEvents = async (
  { client }: Session,
  drill: Drill,
  count: number,
): Promise<Drill> => {
  const { events } = await client.ask<Emitted>('POST', '/emit', {
    event: EVENT,
    count,
    hooks: [drill.hookId],
  });
  return { ...drill, eventIds: [...drill.eventIds, ...events.map(({ id }) => id)] };
};

export const findMail = async (
  { client }: Session,
  drill: Drill,
): Promise<StoredMail | undefined> => {
  const { rows } = await client.ask<Page<StoredMail>>('GET', '/mails?limit=100');
  return mailOf(drill, rows);
};

export const mend = async (session: Session, hook: Hook): Promise<void> => {
  if (hook.fault !== null) await setFault(session, hook.id, null);
  if (hook.status === 'disabled') await setEnabled(session, hook, true);
};

/** Reads the Events API back to the drill's beginning, as a receiver that was away does. */
const pollSince = async (
  session: Session,
  startedMs: number,
  startKey?: string,
): Promise<readonly Polled[]> => {
  const { rows, next } = await session.client.ask<Page<StoredEvent>>(
    'GET',
    `/events${queryOf({ limit: 100, startKey })}`,
  );
  const recent = rows.filter(({ createdMs }) => createdMs >= startedMs);
  if (next === null || recent.length < rows.length) return recent;
  return [...recent, ...(await pollSince(session, startedMs, next))];
};

/** Emits one event that arrives, so that the two ways overlap; then polls. */
export const poll = async (session: Session, drill: Drill): Promise<Drill> => {
  const emitted = await emitEvents(session, drill, 1);
  const polled = await pollSince(session, drill.startedMs);
  return {
    ...emitted,
    polled: polled
      .filter(({ id }) => emitted.eventIds.includes(id))
      .map(({ id, idempotencyKey, name, createdMs }) => ({ id, idempotencyKey, name, createdMs })),
  };
};

/** Looks up which of the polled events the receiver took. */
export const lookUpReceived = async ({ client }: Session, drill: Drill): Promise<Drill> => {
  const all = await Promise.all(
    (drill.polled ?? []).map(async ({ id }) =>
      client.ask<EventDetails>('GET', `/events/${encodeURIComponent(id)}`),
    ),
  );
  const received = all
    .filter(({ deliveries }) =>
      deliveries.some(({ hookId, status }) => hookId === drill.hookId && status === 'delivered'),
    )
    .map(({ event }) => event.id);
  return { ...drill, received };
};
