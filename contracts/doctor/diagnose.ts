/** Looks at everything between the sender and a receiver, and names what stands there. */
import { HookproofError } from '../../simulator/index.js';
import { arrange } from './arrange.js';
import type { Check, CheckId } from './check.js';
import type { CheckResult, DoctorResult, DoctorVerdict, Finding, Severity } from './finding.js';
import type { Bench } from './observe/bench.js';
import type { DoctorOptions } from './options.js';
import type { Known } from './seen.js';
import { checks } from './table.js';
import { say, translate } from '../../language/say.js';
import { waitUntilReady } from './wait.js';

const RANKS: readonly Severity[] = ['blocks', 'warns', 'note'];

/** Checks whose failure means that no HTTP answer came. */
const BEFORE_AN_ANSWER: ReadonlySet<CheckId> = new Set(['name', 'reach', 'tls', 'answer']);

/**
 * Names what stands between the sender and a receiver: the cause first, and what follows from it not
 * at all.
 *
 * @throws {HookproofError} `invalid_argument`, `target_refused`
 */
export const diagnose = async (address: string, options: DoctorOptions): Promise<DoctorResult> => {
  const { signal = new AbortController().signal, onProgress = () => undefined, waitMs } = options;
  const startedAtMs = Date.now();
  const bench = arrange(address, options);
  const wait = waitMs === undefined ? undefined : await waitFor(bench, waitMs, options, signal);
  const { results, findings } = await lookAt(bench, { signal, onProgress });
  return {
    schemaVersion: 1,
    tool: { name: 'hookproof', version: options.version ?? 'library' },
    target: bench.target.shown,
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: Date.now() - startedAtMs,
    ...(wait === undefined ? {} : { wait }),
    timeoutMs: bench.target.timeoutMs,
    verdict: verdictOf(findings, signal.aborted),
    findings,
    checks: results,
    sent: bench.sent(),
  };
};

const waitFor = async (
  bench: Bench,
  waitMs: number,
  { onWait = () => undefined }: DoctorOptions,
  signal: AbortSignal,
): Promise<DoctorResult['wait']> => {
  await refuseStrangers(bench);
  return unlessAborted(
    signal,
    waitUntilReady(bench, { waitMs, signal, onWait: (waitedMs) => onWait(waitedMs, waitMs) }),
  );
};

/** Before anything is waited for; a name that is not found is told by its check. */
const refuseStrangers = async ({ guard, url }: Bench): Promise<void> => {
  await guard(url).catch((error: unknown) => {
    if (error instanceof HookproofError) throw error;
  });
};

const unlessAborted = async <Value>(
  signal: AbortSignal,
  task: Promise<Value>,
): Promise<Value | undefined> => {
  if (signal.aborted) return undefined;
  let stop = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    signal.addEventListener('abort', stop, { once: true });
  });
  task.catch(() => undefined);
  return Promise.race([task, aborted]).finally(() => signal.removeEventListener('abort', stop));
};

/** Runs the checks one after the other; those that need one that blocks, or was silent, are silent. */
const lookAt = async (
  bench: Bench,
  { signal, onProgress }: Required<Pick<DoctorOptions, 'signal' | 'onProgress'>>,
): Promise<{ readonly results: readonly CheckResult[]; readonly findings: readonly Finding[] }> => {
  let known: Known = { target: bench.target };
  const findings: Finding[] = [];
  const results: CheckResult[] = [];
  /** Checks that cannot make sense, and the one that is the cause. */
  const causes = new Map<CheckId, CheckId>();
  const note = ({ id, title }: Check, state: CheckResult['state'], seen: string): void => {
    results.push({ id, title: translate(title), state, seen });
  };
  for (const [index, check] of checks.entries()) {
    const cause = check.needs.map((id) => causes.get(id)).find((id) => id !== undefined);
    if (cause !== undefined) {
      causes.set(check.id, cause);
      note(check, 'silent', say`follows from ${titleOf(cause)}`);
      continue;
    }
    onProgress(index, checks.length, translate(check.title));
    const checked = await unlessAborted(signal, check.run(bench, known));
    if (checked === undefined) break;
    if (typeof checked === 'string') {
      note(check, 'not-judged', checked);
      continue;
    }
    ({ known } = checked);
    findings.push(...checked.findings);
    const [worst] = inOrder(checked.findings);
    note(check, worst?.severity ?? 'good', checked.seen);
    if (worst?.severity === 'blocks') causes.set(check.id, check.id);
  }
  return { results, findings: inOrder(findings) };
};

const titleOf = (id: CheckId): string =>
  translate(checks.find((check) => check.id === id)?.title ?? id);

/** The worst first; among equals, causes before what they cause. */
const inOrder = (findings: readonly Finding[]): readonly Finding[] =>
  RANKS.flatMap((rank) => findings.filter(({ severity }) => severity === rank));

const verdictOf = (findings: readonly Finding[], aborted: boolean): DoctorVerdict => {
  if (aborted) return 'interrupted';
  const blocking = findings.filter(({ severity }) => severity === 'blocks');
  if (blocking.length === 0) return 'clear';
  const isBefore = ({ id }: Finding): boolean =>
    BEFORE_AN_ANSWER.has((id.split('/')[0] ?? '') as CheckId);
  return blocking.some(isBefore) ? 'unreachable' : 'broken';
};
