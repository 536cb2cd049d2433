import type { Totals } from '../stand-in.js';
import type { Query } from './store.js';

type Row = Readonly<Record<'enabled' | 'disabled' | 'ok' | 'failed' | 'sent' | 'unsent', number>> &
  Totals['deliveries'] & { readonly events: number };

/** Sums over all that is kept, as of one instant. */
export const readTotals = async (query: Query): Promise<Totals> => {
  const [row] = await query<Row>(
    `SELECT * FROM
       (SELECT count(*) FILTER (WHERE status = 'enabled' AND removed_ms IS NULL) AS enabled,
          count(*) FILTER (WHERE status = 'disabled' AND removed_ms IS NULL) AS disabled,
          coalesce(sum(attempts_ok), 0)::bigint AS ok,
          coalesce(sum(attempts_failed), 0)::bigint AS failed
        FROM hookproof.hooks) AS hooks,
       (SELECT sum(events)::bigint AS events, sum(waiting)::bigint AS waiting,
          sum(held)::bigint AS held, sum(delivered)::bigint AS delivered,
          sum(exhausted)::bigint AS exhausted, sum(dropped)::bigint AS dropped
        FROM hookproof.counts) AS counts,
       (SELECT count(sent_ms) AS sent, count(*) - count(sent_ms) AS unsent
        FROM hookproof.mails) AS mails`,
  );
  if (row === undefined) throw new Error('sums over nothing are a row too');
  const { enabled, disabled, ok, failed, sent, unsent, events, ...deliveries } = row;
  return {
    hooks: { enabled, disabled },
    events,
    attempts: { ok, failed },
    deliveries,
    mails: { sent, waiting: unsent },
  };
};
