import {
  HookproofError,
  createPolicy,
  createTargetGuard,
  findPair,
  withoutPassword,
} from '../../simulator/index.js';
import type { DeliveryPolicy } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import { openEffects } from '../load/effects-options.js';
import type { LoadFlags } from '../load/flags.js';
import { type LoadPlan, play } from '../load/play.js';
import type { LoadResult } from '../load/record.js';
import { prepareLoadReports } from '../load/reports.js';
import { readPolicy } from '../policy-choice.js';
import { requireKey, requireReceiverUrl } from '../target.js';
import { version } from '../version.js';
import { say } from '../../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

const DEFAULT_EVENTS = ['checks.finished'];
const DEFAULT_DURATION_MS = 10_000;
const RAMP_STEP_MS = 2000;

/** Runs `hookproof load` and tells its exit code. */
export const runLoad = async (url: string | undefined, flags: LoadFlags): Promise<number> => {
  const plan = await planOf(url, flags);
  const reports = await prepareLoadReports(flags);
  const effects = await openEffects(flags, plan.http);
  await plan.http.guard(new URL(plan.url)).catch((error: unknown) => {
    // A host that cannot be found is what the run will say.
    if (error instanceof HookproofError) throw error;
  });
  process.stderr.write(
    say`hookproof ${version()}  seed ${plan.seed}  ${withoutPassword(plan.url)}\n`,
  );
  const interruption = watchForInterruption();
  try {
    const result = await play(plan, { effects, interruption });
    await reports.write(result);
    return result.interrupted ? exitCodes.interrupted : EXIT_CODES[result.verdict];
  } finally {
    interruption.end();
  }
};

const EXIT_CODES: Readonly<Record<LoadResult['verdict'], number>> = {
  passed: exitCodes.passed,
  failed: exitCodes.broken,
  unreached: exitCodes.noVerdict,
};

const planOf = async (url: string | undefined, flags: LoadFlags): Promise<LoadPlan> => {
  if (url === undefined) throw wrong(say`no receiver is named`, say`give its URL`);
  if (flags.ramp && flags.count !== undefined) {
    throw wrong(
      say`--count is given beside --ramp`,
      say`leave it out; --duration is the length of a step`,
    );
  }
  const { event = DEFAULT_EVENTS, resolve = {}, allowHost = [] } = flags;
  if (event.length === 0) throw wrong(say`no event is named`, say`give --event checks.finished`);
  for (const name of event) findPair(name);
  const usualMs = flags.count === undefined ? DEFAULT_DURATION_MS : undefined;
  return {
    url: requireReceiverUrl(url),
    key: requireKey(flags.key),
    events: event,
    headers: [['Content-Type', flags.contentType], ...(flags.header ?? [])],
    http: {
      guard: createTargetGuard({ allowedHosts: allowHost, resolve }),
      insecure: flags.insecure,
    },
    policy: await policyOf(flags),
    connections: flags.connections,
    pipelining: flags.pipelining,
    everyMs: flags.rate,
    count: flags.count,
    durationMs: flags.duration ?? (flags.ramp ? RAMP_STEP_MS : usualMs),
    ramp: flags.ramp,
    seed: flags.seed ?? Math.floor(Math.random() * 2 ** 32),
  };
};

const policyOf = async ({ policy, timeout }: LoadFlags): Promise<DeliveryPolicy> => {
  const read = await readPolicy(policy);
  return timeout === undefined ? read : createPolicy({ ...read, timeoutMs: timeout });
};
