import type { CaseResult } from './result.js';

/** A defect that shows in many cases at once, told by which of them fail. */
export interface RootCause {
  readonly cause: string;
  readonly title: string;
  readonly why: string;
  readonly fix: string;
  /** Whether the failed cases, by id, point to it. */
  readonly when: (failed: ReadonlyMap<string, CaseResult>) => boolean;
  /** Whether it accounts for a failed case. */
  readonly explains: (result: CaseResult) => boolean;
  /** Ids of the cases that show it best; they are named first. */
  readonly telling?: readonly string[];
}

const inFamilies =
  (...families: readonly string[]) =>
  ({ family }: CaseResult): boolean =>
    families.includes(family);

const aboutCopies = inFamilies(
  'no-deduplication',
  'key-is-the-token',
  'race-between-copies',
  'batches',
  'short-memory',
  'verification-cache',
  'storm',
  'batches-regrouped',
);

/** Cases with copies of one event, which fail together where copies are not taken for what they are. */
const COPIES = ['idempotency/identical-copy', 'idempotency/copy-signed-again'];

/** Whether copies of single events and of batches failed, with such a number of effects each. */
const copiesFail =
  (fits: (effects: number) => boolean): RootCause['when'] =>
  (failed) =>
    failed.has('idempotency/batch-twice') &&
    COPIES.every(
      (id) =>
        failed.get(id)?.attempts.every(({ effects }) => effects === null || fits(effects)) ?? false,
    );

/** Families that no receiver can pass that does not check signatures. */
const FORGERIES = [
  'alg-none',
  'guessable-key',
  'wrong-key-bytes',
  'mac-not-compared',
  'wrong-signing-input',
  'tampering',
  'algorithm-not-pinned',
  'lenient-decoding',
  'key-from-header',
  'two-errors-at-once',
  'verification-bypassed',
  'forgery-poisons-the-store',
  'lock-out',
  'verification-cache',
  'shared-connection',
  'malformed-token',
  'jose-headers',
  'token-times',
  'other-representation',
];

/** Tried in this order: the first that fits takes the cases that it explains. */
export const rootCauses: readonly RootCause[] = [
  {
    cause: 'signature-not-checked',
    title: 'The signature is not checked: tokens signed with any key are taken',
    why: 'Anyone who knows the URL can send you an approved identity check.',
    fix: 'Verify before you read: `jwt.verify(body, key, { algorithms: ["HS256"] })`, never only `jwt.decode`.',
    telling: ['verification/key-of-a-stranger', 'verification/payload-edited'],
    when: (failed) =>
      failed.has('verification/key-of-a-stranger') && failed.has('verification/mac-bit-flipped'),
    explains: (result) =>
      inFamilies(...FORGERIES)(result) && result.id !== 'verification/unsigned-json',
  },
  {
    cause: 'alg-none-accepted',
    title: 'Unsigned tokens are taken (alg “none”)',
    why: 'Anyone who knows the URL can forge an approved identity check: the token itself says that it needs no signature.',
    fix: 'Pin the algorithm: `jwt.verify(body, key, { algorithms: ["HS256"] })`.',
    when: (failed) =>
      [...failed.keys()].some((id) => id.startsWith('verification/alg-')) &&
      !failed.has('verification/key-of-a-stranger'),
    explains: (result) =>
      result.family === 'alg-none' ||
      [
        'idempotency/unsigned-then-genuine',
        'transport/content-types-forged',
        'verification/nested-in-none',
        'verification/forged-token-in-json',
        'verification/second-line-forged',
        'verification/jws-with-enc',
      ].includes(result.id),
  },
  {
    cause: 'no-deduplication',
    title: 'Events are not deduplicated: every copy is applied again',
    why: 'Truora repeats a delivery whenever your answer is lost or late: a customer is charged, mailed or approved twice.',
    fix: 'Save `events[].id` in the same transaction as the effect, under a unique constraint, and answer 200 to a key that is already there.',
    when: copiesFail((effects) => effects > 1),
    explains: aboutCopies,
  },
  {
    cause: 'copies-refused',
    title: 'Copies of an event that was applied are refused',
    why: 'Truora repeats a delivery until it gets a 2xx: every copy that you refuse is retried, and each refusal counts towards the 80% that disables the hook.',
    fix: 'Answer 200 to an event whose key is already there; catch the unique violation.',
    when: copiesFail((effects) => effects <= 1),
    explains: aboutCopies,
  },
];
