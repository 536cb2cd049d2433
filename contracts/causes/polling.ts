/** Causes why events that are polled are applied twice or not at all. */
import type { Cause } from './cause.js';

export const pollingCauses: readonly Cause[] = [
  {
    slug: 'poll-apart-from-webhooks',
    title: 'What is polled is not deduplicated against what came by webhook',
    why: 'The reconciliation that should fill gaps applies again whatever the webhook has applied.',
    fix: 'Send rows of GET /events through the same function as deliveries, with the same key.',
    topic: 'dedup-transaction',
    mutants: ['polls-without-deduplication', 'polls-under-another-key', 'polls-after-one-look'],
  },
  {
    slug: 'poll-leaves-gaps',
    title: 'Polling leaves out events that are listed',
    why: 'An event that no webhook brought and no poll takes is lost for good.',
    fix: 'Follow `next` until it is empty, start before the last gap, and move the mark only after the work.',
    topic: 'acknowledge-after-commit',
    mutants: ['polls-first-page-only', 'polls-from-newest-webhook', 'moves-mark-before-work'],
  },
  {
    slug: 'signing-key-read-once',
    title: 'The signing key is read once and never again',
    why: 'After a rotation, or a wrong key that was mended, every genuine delivery is refused until someone restarts the receiver.',
    fix: 'Read the key where it is used, or restart when it changes.',
    topic: 'key-setting',
    mutants: ['reads-key-once'],
  },
];
