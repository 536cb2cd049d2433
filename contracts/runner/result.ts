import type { DeliveryPolicy } from '../../simulator/index.js';
import type { Problem } from './problems.js';
import type { Level, Severity, Suite, Verdict } from './case.js';

/** One attempt, as reports show it: no body, no header, no token. */
export interface AttemptResult {
  readonly label: string;
  readonly status: number | null;
  /** Set when there was no answer. */
  readonly failure?: string;
  readonly latencyMs: number;
  /** Null when effects cannot be seen. */
  readonly effects: number | null;
  readonly bodyBytes: number;
  readonly bodyDigest: string;
}

export interface CaseResult {
  readonly id: string;
  readonly catalogue: string;
  readonly suite: Suite;
  readonly family: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly verdict: Verdict;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly expected: string;
  readonly actual: string;
  readonly why: string;
  readonly fix: string;
  /** A command that runs this case again. */
  readonly reproduce: string;
  readonly durationMs: number;
  readonly attempts: readonly AttemptResult[];
}

/** Failed cases with one cause, said once. */
export interface Finding {
  readonly cause: string;
  readonly title: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  /** Ids of the cases that it explains, the most telling one first. */
  readonly cases: readonly string[];
}

export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly notObservable: number;
  readonly skipped: number;
  readonly verdict: 'passed' | 'failed' | 'inconclusive';
}

/** What the run found out about the receiver before it judged. */
export interface ReceiverProfile {
  readonly probe: string | null;
  /** Which field of an event carries its key. */
  readonly keyField: 'id' | 'idempotency_key' | 'both';
  readonly settleMs: number;
  readonly statusBlind: boolean;
  readonly latestPerResource: boolean;
  readonly contentType: string;
  /** Names of the pairs that had an effect; without a probe, those that were acknowledged. */
  readonly handled: readonly string[];
}

/** A whole run: the one object that every report is a function of. */
export interface RunResult {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: 'hookproof'; readonly version: string };
  readonly seed: number;
  readonly target: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly strict: boolean;
  readonly policy: DeliveryPolicy;
  readonly receiver: ReceiverProfile;
  /** Why there is no verdict; null when there is one. */
  readonly problem: Problem | null;
  readonly summary: Summary;
  readonly findings: readonly Finding[];
  readonly cases: readonly CaseResult[];
}

/** Levels whose failures fail a run. */
export const fatalLevels = (strict: boolean): ReadonlySet<Level> =>
  new Set(strict ? (['must', 'should'] as const) : (['must'] as const));

export const summarise = (
  cases: readonly Pick<CaseResult, 'level' | 'verdict'>[],
  options: { readonly strict: boolean; readonly stopped: boolean },
): Summary => {
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  const fatal = fatalLevels(options.strict);
  const broken = cases.some(({ level, verdict }) => verdict === 'failed' && fatal.has(level));
  const unjudged =
    options.stopped || count('passed') === 0 || (options.strict && count('inconclusive') > 0);
  return {
    passed: count('passed'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    notObservable: count('notObservable'),
    skipped: count('skipped'),
    verdict: broken ? 'failed' : unjudged ? 'inconclusive' : 'passed',
  };
};
