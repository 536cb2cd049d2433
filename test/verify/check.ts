/** Runs of the contract in these tests: one seed, no waiting, and never a secret in the result. */
import { createHmac } from 'node:crypto';
import { expect } from 'vitest';
import { verifyReceiver } from '../../contracts/index.js';
import type { RunResult, Target, VerifyOptions } from '../../contracts/index.js';
import { createStillClock } from '../../contracts/runner/clock.js';
import type { Clock } from '../../contracts/runner/clock.js';
import { key } from './receiver.js';
import type { Receiver } from './receiver.js';

const SEED = 11;

/** A clock for the run and its receiver: nothing waits, and time passes all the same. */
export const stillClock = (): Clock => createStillClock(Date.parse('2026-01-02T03:04:05Z'));

/** Asserts that a result tells neither the key, in any form, nor a token. */
const expectNoSecrets = (result: RunResult, secret = key): void => {
  const text = JSON.stringify(result);
  for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) {
    expect(text).not.toContain(Buffer.from(secret).toString(form));
  }
  expect(validTokensIn(text, secret)).toEqual([]);
};

/** Every compact token in a text whose signature holds under the key. */
export const validTokensIn = (text: string, secret: string): readonly string[] =>
  [...text.replaceAll(/\\[nrt"\\]/g, ' ').matchAll(/(?<![\w-])([\w-]+)\.([\w-]+)\.([\w-]{43})/g)]
    .filter(([, header, payload, signature]) => {
      const mac = createHmac('sha256', secret).update(`${header}.${payload}`).digest('base64url');
      return mac === signature;
    })
    .map(([token]) => token);

/** Runs the contract against a URL or a handler. */
export const check = async (
  target: Target,
  options: Partial<VerifyOptions> = {},
): Promise<RunResult> => {
  const result = await verifyReceiver(target, {
    key,
    seed: SEED,
    clock: stillClock(),
    ...options,
  });
  expectNoSecrets(result, options.key);
  return result;
};

/** Runs the contract against a receiver in this process that shows its effects. */
export const checkSeen = async (
  { handle, count }: Receiver,
  options: Partial<VerifyOptions> = {},
): Promise<RunResult> => check(handle, { probe: count, ...options });

/** What a run came to, in short; it is printed whole where a test expects something else. */
export const essence = ({ seed, problem, summary, cases, findings }: RunResult) => ({
  seed,
  problem,
  verdict: summary.verdict,
  failed: cases
    .filter(({ verdict }) => verdict === 'failed')
    .map(({ id, level, actual }) => `${level} ${id}: ${actual}`),
  inconclusive: cases
    .filter(({ verdict }) => verdict === 'inconclusive')
    .map(({ id, actual }) => `${id}: ${actual}`),
  causes: findings.map(({ cause }) => cause),
});

/** The essence of a run without any fault. */
export const flawless = {
  seed: SEED,
  problem: null,
  verdict: 'passed',
  failed: [],
  inconclusive: [],
  causes: [],
};

export const caseOf = ({ cases }: RunResult, id: string) => {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the run had no case ${id}`);
  return found;
};

/** Ids of the cases with a verdict, of one level where that is given. */
export const idsOf = (
  { cases }: RunResult,
  verdict: RunResult['cases'][number]['verdict'],
  level?: RunResult['cases'][number]['level'],
): readonly string[] =>
  cases
    .filter((one) => one.verdict === verdict && (level === undefined || one.level === level))
    .map(({ id }) => id);
