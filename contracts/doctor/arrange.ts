import {
  HookproofError,
  createRandom,
  createTargetGuard,
  pairs,
  policies,
  withoutPassword,
} from '../../simulator/index.js';
import { createEventMaker } from '../runner/events.js';
import { createBench, targetOf } from './observe/bench.js';
import type { Bench } from './observe/bench.js';
import type { DoctorOptions } from './options.js';
import { say } from '../../language/say.js';

/**
 * What the probes send with, from the options of a call; nothing is sent yet.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const arrange = (address: string, options: DoctorOptions): Bench => {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new HookproofError(
      'invalid_argument',
      say`'${withoutPassword(address)}' is no http or https URL`,
      say`write it whole, as http://localhost:3000/hook`,
    );
  }
  const url = new URL(address);
  const { key, deliveries = true, resolve = {} } = options;
  const rules = { allowedHosts: options.allowedHosts ?? [], resolve };
  const nowMs = (): number => Date.now();
  const delivers = deliveries && key !== undefined && key !== '';
  return createBench({
    url,
    target: targetOf(url, {
      shown: withoutPassword(address),
      insecure: options.insecure ?? false,
      mapped: Object.keys(resolve).some((where) => where.startsWith(`${url.hostname}:`)),
      timeoutMs: options.timeoutMs ?? policies.documented.timeoutMs,
      contentType: options.contentType ?? 'application/jwt',
      delivers,
    }),
    guard: createTargetGuard(rules),
    key: delivers ? key : undefined,
    headers: options.headers ?? [],
    events: createEventMaker(createRandom(Math.floor(Math.random() * 2 ** 32)), {
      keyField: options.idempotencyKey ?? 'id',
      handled: () => new Set(pairs.map(({ name }) => name)),
      nowMs,
    }),
    env: options.env ?? {},
    nowMs,
  });
};
