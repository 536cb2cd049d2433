/** A hook, sums and a ledger as the API tells them. */
import type {
  HookWithFigures,
  LedgerEntry,
  StoredAttempt,
  StoredMail,
  Totals,
} from '../../simulator/server/stand-in.js';

export const hook: HookWithFigures = {
  id: 'HOK1',
  eventType: 'all',
  actions: [],
  subscriberType: 'web',
  subscriberUrl: 'http://a.test/hook',
  subscriberAddress: null,
  subscriberName: 'Shop',
  subscriberLanguage: 'en',
  status: 'enabled',
  creatorAddress: 'creator@a.test',
  ownerAddress: 'owner@a.test',
  createdMs: 0,
  updatedMs: 0,
  disabledMs: null,
  disabledReason: null,
  fault: null,
  concurrency: null,
  ordered: false,
  window: { failed: 0, total: 0, share: 0, headroom: 10, waiting: 0, nextDueMs: null },
};

export const totals: Totals = {
  hooks: { enabled: 1, disabled: 0 },
  events: 0,
  attempts: { ok: 0, failed: 0 },
  deliveries: { waiting: 0, held: 0, delivered: 0, exhausted: 0, dropped: 0 },
  mails: { sent: 0, waiting: 0 },
};

const attempt: StoredAttempt = {
  sequence: 1,
  deliveryId: 'd1',
  hookId: hook.id,
  eventIds: ['HKE1'],
  attempt: 1,
  resend: false,
  startedMs: 900,
  endedMs: 1000,
  latencyMs: 100,
  outcome: { kind: 'response', status: 503, redirects: 0 },
  failed: true,
  counted: true,
  windowFailed: 1,
  windowTotal: 2,
  headroom: 9,
  next: 'retry',
  retryAtMs: 31_000,
  request: { url: 'http://a.test/hook', headers: {}, tokenHeader: {}, iatSeconds: 1, bytes: 1 },
  response: null,
};

export const attemptEntry = (part: Partial<StoredAttempt>): LedgerEntry => ({
  ...attempt,
  ...part,
  kind: 'attempt',
});

export const mail: StoredMail = {
  id: 'm1',
  kind: 'disabled',
  hookId: hook.id,
  role: 'creator',
  to: hook.creatorAddress,
  language: 'en',
  subject: 'A hook was disabled',
  text: '',
  html: '',
  createdMs: 2000,
  sentMs: null,
  error: null,
};
