/** What each option of a run has to be. */
import {
  TIMER_MAX_MS,
  aFunction,
  abortSignal,
  anyOf,
  filledText,
  functionsOf,
  header,
  listOf,
  milliseconds,
  oneOf,
  record,
  requireOptions,
  text,
  trueOrFalse,
  wholeNumber,
  withTexts,
} from './runner/checked.js';
import type { Checks } from './runner/checked.js';
import type { VerifyOptions } from './options.js';
import type { FuzzSettings } from './schedule/fuzz.js';

const PORT = wholeNumber(0, 65_535);

const verifyChecks: Checks<VerifyOptions> = {
  key: filledText,
  probe: anyOf(aFunction, withTexts('url'), withTexts('command')),
  probeCount: text,
  probeSettleMs: milliseconds(0),
  state: anyOf(text, withTexts('path', 'url'), aFunction),
  sinkPort: PORT,
  apiPort: PORT,
  peer: text,
  controls: functionsOf('restart', 'clock', 'poll', 'rekey', 'outage'),
  only: listOf(text),
  skip: listOf(text),
  strict: trueOrFalse,
  products: listOf(text),
  contentType: text,
  idempotencyKey: oneOf('id', 'idempotency_key', 'both'),
  expectations: listOf(withTexts('case', 'reason', 'expires')),
  seed: wholeNumber(0),
  salt: text,
  concurrency: wholeNumber(1),
  timeoutMs: wholeNumber(1, TIMER_MAX_MS),
  headers: listOf(header),
  insecure: trueOrFalse,
  allowedHosts: listOf(text),
  resolve: record,
  clock: record,
  signal: abortSignal,
  version: text,
  reproduce: aFunction,
  onProgress: aFunction,
  onAttempt: aFunction,
};

/** @throws {HookproofError} `invalid_argument` */
export const requireVerifyOptions = (options: VerifyOptions): void =>
  requireOptions(options, verifyChecks, ['key']);

/** @throws {HookproofError} `invalid_argument` */
export const requireFuzzOptions = (options: VerifyOptions & FuzzSettings): void =>
  requireOptions(
    options,
    {
      ...verifyChecks,
      maxRuns: wholeNumber(1),
      maxMs: milliseconds(1),
      swarm: trueOrFalse,
      exhaustive: oneOf(1, 2, 3),
      onRun: aFunction,
    },
    ['key'],
  );

/** @throws {HookproofError} `invalid_argument` */
export const requirePlayOptions = (options: VerifyOptions & { readonly times?: number }): void =>
  requireOptions(options, { ...verifyChecks, times: wholeNumber(1) }, ['key']);
