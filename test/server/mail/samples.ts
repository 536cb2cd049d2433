import { createPolicy } from '../../../simulator/index.js';
import type { Hook, StoredEvent } from '../../../simulator/server/stand-in.js';

/** Friday, 2 January 2026, 03:04:05 UTC. */
export const AT_MS = Date.UTC(2026, 0, 2, 3, 4, 5);

export const sampleHook = (changes: Partial<Hook> = {}): Hook => ({
  id: 'HOK0123456789abcdef0123456789abcdef',
  eventType: 'all',
  actions: [],
  subscriberType: 'web',
  subscriberUrl: 'https://shop.example/webhooks/truora',
  subscriberAddress: null,
  subscriberName: 'Shop',
  subscriberLanguage: 'es',
  status: 'disabled',
  creatorAddress: 'creator@shop.example',
  ownerAddress: 'owner@shop.example',
  createdMs: AT_MS - 3_600_000,
  updatedMs: AT_MS,
  disabledMs: AT_MS,
  disabledReason: 'rule',
  fault: null,
  concurrency: null,
  ordered: false,
  ...changes,
});

export const sampleEvent = (changes: Partial<StoredEvent> = {}): StoredEvent => ({
  id: `HKE${'1'.repeat(40)}`,
  idempotencyKey: `HIK${'2'.repeat(40)}`,
  sequence: 1,
  product: 'checks',
  name: 'checks.finished',
  eventType: 'check',
  eventAction: 'finished',
  resourceId: 'CHK0123456789abcdef0123456789abcdef',
  version: '1.0',
  timestamp: '2026-01-02T03:04:05Z',
  object: { check_id: 'CHK0123456789abcdef0123456789abcdef', status: 'completed' },
  createdMs: AT_MS,
  updatedMs: AT_MS,
  deliveryStatus: 'pending',
  deliveryAttempts: 0,
  ...changes,
});

export const disabledFacts = {
  role: 'creator',
  window: { failed: 1413, total: 1641 },
  policy: createPolicy({}),
  atMs: AT_MS,
  enableUrl: 'http://127.0.0.1:4000/#/hooks/HOK0123456789abcdef0123456789abcdef',
} as const;

export const pageUrl = `http://127.0.0.1:4000/#/events/HKE${'1'.repeat(40)}`;
