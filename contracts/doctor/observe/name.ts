import { isIP } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { HookproofError } from '../../../simulator/index.js';
import type { NameSeen } from '../seen.js';
import type { Bench } from './bench.js';

/** A resolver tries for longer; by then nobody waits. */
const PATIENCE_MS = 10_000;

/**
 * Asks the guard, which looks the name up, so that no address is tried that it did not see.
 *
 * @throws {HookproofError} `target_refused`
 */
export const observeName = async ({ guard, url, target }: Bench): Promise<NameSeen> => {
  const startedAt = performance.now();
  const over = new AbortController();
  const tookMs = (): number => performance.now() - startedAt;
  const late = async (): Promise<never> => {
    await sleep(PATIENCE_MS, undefined, { signal: over.signal });
    throw Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' });
  };
  try {
    const addresses = await Promise.race([guard(url), late()]);
    return {
      kind: 'found',
      addresses: addresses.map(({ address }) => address),
      tookMs: tookMs(),
      given: isIP(target.host) !== 0 || target.mapped,
    };
  } catch (error) {
    if (error instanceof HookproofError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { kind: 'failed', code, tookMs: tookMs() };
  } finally {
    over.abort();
  }
};
