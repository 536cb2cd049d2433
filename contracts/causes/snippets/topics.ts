/** The code that shows a mend, by topic. */
import { acknowledgeAfterCommit } from './acknowledge-after-commit.js';
import { atomicClaim } from './atomic-claim.js';
import { bodyLimit } from './body-limit.js';
import { dedupTransaction } from './dedup-transaction.js';
import { durableKeys } from './durable-keys.js';
import { eachEventItself } from './each-event-itself.js';
import { errorHandler } from './error-handler.js';
import { keySetting } from './key-setting.js';
import { leeway } from './leeway.js';
import { libraryVerification } from './library-verification.js';
import { noKeyFromToken } from './no-key-from-token.js';
import { orderByTimestamp } from './order-by-timestamp.js';
import { plainToken } from './plain-token.js';
import { queue } from './queue.js';
import { rawBody } from './raw-body.js';
import type { Snippets } from './snippet.js';
import { unknownEvents } from './unknown-events.js';
import { verifyPinned } from './verify-pinned.js';

const topics = {
  'acknowledge-after-commit': acknowledgeAfterCommit,
  'atomic-claim': atomicClaim,
  'body-limit': bodyLimit,
  'dedup-transaction': dedupTransaction,
  'durable-keys': durableKeys,
  'each-event-itself': eachEventItself,
  'error-handler': errorHandler,
  'key-setting': keySetting,
  leeway,
  'library-verification': libraryVerification,
  'no-key-from-token': noKeyFromToken,
  'order-by-timestamp': orderByTimestamp,
  'plain-token': plainToken,
  queue,
  'raw-body': rawBody,
  'unknown-events': unknownEvents,
  'verify-pinned': verifyPinned,
} as const;

export type SnippetTopic = keyof typeof topics;

export const snippetsByTopic: Readonly<Record<SnippetTopic, Snippets>> = topics;
