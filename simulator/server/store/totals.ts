import type { DeliveryStatus, Totals } from '../stand-in.js';
import type { Query } from './store.js';

/** Sums over all that is kept. */
export const readTotals = async (query: Query): Promise<Totals> => {
  const [hooks] = await query<{ enabled: number; disabled: number; ok: number; failed: number }>(
    `SELECT (count(*) FILTER (WHERE status = 'enabled' AND removed_ms IS NULL))::int AS enabled,
       (count(*) FILTER (WHERE status = 'disabled' AND removed_ms IS NULL))::int AS disabled,
       coalesce(sum(attempts_ok), 0)::bigint AS ok,
       coalesce(sum(attempts_failed), 0)::bigint AS failed
     FROM hookproof.hooks`,
  );
  const [events] = await query<{ events: number }>(
    'SELECT count(*) AS events FROM hookproof.events',
  );
  const statuses = await query<{ status: DeliveryStatus; deliveries: number }>(
    'SELECT status, count(*) AS deliveries FROM hookproof.deliveries GROUP BY status',
  );
  const [mails] = await query<{ sent: number; waiting: number }>(
    'SELECT count(sent_ms) AS sent, count(*) - count(sent_ms) AS waiting FROM hookproof.mails',
  );
  const deliveries = { waiting: 0, held: 0, delivered: 0, exhausted: 0, dropped: 0 };
  for (const row of statuses) deliveries[row.status] = row.deliveries;
  return {
    hooks: { enabled: hooks?.enabled ?? 0, disabled: hooks?.disabled ?? 0 },
    events: events?.events ?? 0,
    attempts: { ok: hooks?.ok ?? 0, failed: hooks?.failed ?? 0 },
    deliveries,
    mails: { sent: mails?.sent ?? 0, waiting: mails?.waiting ?? 0 },
  };
};
