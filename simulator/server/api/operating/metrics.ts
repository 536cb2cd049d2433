/** What Prometheus is told. */
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import type { StandIn } from '../../stand-in.js';

/** Reads everything anew each time it is asked. */
export const createMetrics = (standIn: StandIn) => {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = <Label extends string>(
    name: string,
    help: string,
    ...labelNames: readonly Label[]
  ) => new Gauge({ name: `hookproof_${name}`, help, labelNames, registers: [registry] });
  const hooks = gauge('hooks', 'Hooks, by status', 'status');
  const events = gauge('events', 'Events that are kept');
  const attempts = gauge('attempts', 'Attempts that are kept, by outcome', 'outcome');
  const deliveries = gauge('deliveries', 'Deliveries, by status', 'status');
  const mails = gauge('mails', 'E-mails, by whether they left', 'status');
  const due = gauge('next_due_seconds', 'Seconds until something is due; NaN where nothing is');
  const lag = gauge('queue_lag_seconds', 'Seconds by which what is due is late');
  const setAll = (
    one: { readonly set: (labels: Readonly<Record<string, string>>, value: number) => void },
    label: string,
    values: Readonly<Record<string, number>>,
  ): void => {
    for (const [name, value] of Object.entries(values)) one.set({ [label]: name }, value);
  };
  return {
    contentType: registry.contentType,
    read: async (): Promise<string> => {
      const [totals, nextDueMs] = await Promise.all([standIn.totals(), standIn.clock.nextDueMs()]);
      const untilDueMs = nextDueMs === null ? NaN : nextDueMs - standIn.clock.nowMs();
      setAll(hooks, 'status', totals.hooks);
      events.set(totals.events);
      setAll(attempts, 'outcome', totals.attempts);
      setAll(deliveries, 'status', totals.deliveries);
      setAll(mails, 'status', totals.mails);
      due.set(untilDueMs / 1000);
      lag.set(untilDueMs < 0 ? -untilDueMs / 1000 : 0);
      return registry.metrics();
    },
  };
};
