import { expect, test } from 'vitest';
import { changeOf, complaintOf, runWith } from './bench.js';
import type { Provided } from './bench.js';

interface Wrong {
  readonly mutant: string;
  readonly tells: string;
  readonly needs: readonly Provided[];
  readonly says: RegExp;
}

const TWICE = /applied 2 times/;
const LOST = /without effect/;

const wrong: readonly Wrong[] = [
  {
    mutant: 'no-lock-while-working',
    tells: 'idempotency/copy-during-effect',
    needs: ['sink'],
    says: TWICE,
  },
  {
    mutant: 'acknowledges-copy-in-flight',
    tells: 'idempotency/copy-before-a-failure',
    needs: ['sink'],
    says: LOST,
  },
  {
    mutant: 'lease-shorter-than-work',
    tells: 'idempotency/sender-gives-up-during-effect',
    needs: ['sink'],
    says: TWICE,
  },
  {
    mutant: 'locks-within-its-process',
    tells: 'recovery/two-copies-to-two-instances',
    needs: ['peer'],
    says: TWICE,
  },
  {
    mutant: 'keys-in-memory-before-effect',
    tells: 'recovery/copy-after-restart',
    needs: ['restart'],
    says: TWICE,
  },
  {
    mutant: 'nothing-on-disk',
    tells: 'recovery/copy-after-restart',
    needs: ['restart'],
    says: /effects: 0/,
  },
  {
    mutant: 'queues-in-memory',
    tells: 'recovery/killed-after-acknowledgement',
    needs: ['restart'],
    says: LOST,
  },
  {
    mutant: 'key-before-effect-undone-in-memory',
    tells: 'recovery/killed-during-effect',
    needs: ['sink', 'restart'],
    says: LOST,
  },
  {
    mutant: 'lease-outlives-crash',
    tells: 'recovery/killed-within-a-batch',
    needs: ['sink', 'restart'],
    says: /status 503/,
  },
  {
    mutant: 'forgets-keys-after-2-h',
    tells: 'recovery/copies-on-schedule',
    needs: ['clock'],
    says: TWICE,
  },
  {
    mutant: 'refuses-iat-5-min-ahead',
    tells: 'recovery/clock-ten-minutes-off',
    needs: ['clock'],
    says: /clock -10 min.*status 401/,
  },
  {
    mutant: 'state-ordered-by-action',
    tells: 'recovery/older-verdict-changes-nothing',
    needs: ['state'],
    says: /succeeded, then failed: "failed"/,
  },
  {
    mutant: 'copy-sets-state',
    tells: 'recovery/any-order-same-state',
    needs: ['state'],
    says: /created.*: "created"/,
  },
  {
    mutant: 'polls-without-deduplication',
    tells: 'recovery/webhook-then-poll',
    needs: ['poll'],
    says: TWICE,
  },
  {
    mutant: 'moves-mark-before-work',
    tells: 'recovery/killed-during-poll',
    needs: ['poll', 'restart', 'sink'],
    says: LOST,
  },
  {
    mutant: 'polled-row-sets-state',
    tells: 'recovery/older-snapshot-by-poll',
    needs: ['poll', 'state'],
    says: /it is "created"/,
  },
  {
    mutant: 'reads-key-once',
    tells: 'recovery/key-rotated-between-attempts',
    needs: ['rekey'],
    says: /status 401/,
  },
  {
    mutant: 'takes-store-error-for-duplicate',
    tells: 'recovery/store-down-during-delivery',
    needs: ['outage'],
    says: LOST,
  },
];

test.concurrent.each(wrong)('$tells tells $mutant', async ({ mutant, tells, needs, says }) => {
  const result = await runWith(['effects', ...needs], [tells], changeOf(mutant));
  expect(result.problem).toBeNull();
  expect(complaintOf(result, tells)).toMatch(says);
});
