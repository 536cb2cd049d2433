import type { ProbeQuery } from '../../contracts/probe/probe.js';
import type { TruoraEvent } from '../../simulator/index.js';

const event = {
  id: 'HKE1',
  event_type: 'check',
  event_action: 'finished',
  version: '1.0',
  timestamp: '2026-01-02T03:04:05Z',
  object: { check_id: 'CHK1' },
} as unknown as TruoraEvent;

/** A question about one event; `changes` replaces parts of it. */
export const queryOf = (changes: Partial<ProbeQuery> = {}): ProbeQuery => ({
  event,
  keys: ['HKE1'],
  resourceId: 'CHK1',
  ...changes,
});
