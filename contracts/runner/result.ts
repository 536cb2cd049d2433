import type { DeliveryPolicy } from '../../simulator/index.js';
import type { Symptom } from '../causes/symptom.js';
import type { Problem } from './problems.js';
import type { Intent, Level, Need, Severity, Suite, Verdict } from './case.js';

/** Bytes as a report shows them: text where they are UTF-8, else base64. Long ones are cut. */
export interface RecordedBody {
  readonly text?: string;
  readonly base64?: string;
  /** Set where the rest is left out: how many bytes there were. */
  readonly ofBytes?: number;
  /** Set where a valid token lost its signature, or where the key or a right MAC was in it. */
  readonly withheld?: 'signature' | 'secret';
}

/** What went over the wire in one attempt. A whole valid token is never part of it. */
export interface Transcript {
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Values that the user gave are not shown. */
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: RecordedBody;
  };
  /** Null where there was no answer. */
  readonly response: {
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: RecordedBody;
  } | null;
}

/** One attempt, as reports show it. */
export interface AttemptResult {
  readonly label: string;
  readonly intent: Intent;
  /** When it was sent, in milliseconds since the run began. */
  readonly atMs: number;
  /** The idempotency keys of the events in it. */
  readonly events: readonly string[];
  readonly status: number | null;
  /** Set when there was no answer. */
  readonly failure?: string;
  readonly latencyMs: number;
  /** Null when effects cannot be seen. */
  readonly effects: number | null;
  readonly bodyBytes: number;
  /** SHA-256 of the body, hexadecimal. */
  readonly bodyDigest: string;
  readonly transcript: Transcript;
}

/** The languages in which a mend is shown. */
export const languages = ['node', 'python', 'go', 'php', 'java'] as const;
/** A language that mends are shown in. */
export type Language = (typeof languages)[number];

/** What became of one case. */
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
  readonly needs: readonly Need[];
  /** The first need that was not met. */
  readonly missing?: Need;
  /** Set where the user expects this case to fail, and says why and until when. */
  readonly expectation?: Expectation;
  readonly expected: string;
  readonly actual: string;
  /** How it failed, where that is known. */
  readonly symptom?: Symptom;
  readonly why: string;
  readonly fix: string;
  /** A command that runs this case again. */
  readonly reproduce: string;
  readonly durationMs: number;
  readonly attempts: readonly AttemptResult[];
}

/** A failure that is known and accepted until a day (`2026-12-31`, UTC). */
export interface Expectation {
  readonly reason: string;
  readonly expires: string;
}

/** Failed cases with one cause, said once. */
export interface Finding {
  readonly cause: string;
  readonly title: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly why: string;
  readonly fix: string;
  /** How to mend it, in code; empty where code does not help. */
  readonly snippets: Partial<Readonly<Record<Language, string>>>;
  /** Ids of the cases that it explains, the most telling one first. */
  readonly cases: readonly string[];
}

/** The counts of a run, and its verdict. */
export interface Summary {
  readonly passed: number;
  readonly failed: number;
  readonly inconclusive: number;
  readonly notObservable: number;
  readonly skipped: number;
  /** Failures among the failed that the user expects; they do not fail the run. */
  readonly expectedFailures: number;
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
  /** The language it seems to be written in, by its response headers. */
  readonly language: Language | null;
  /** What the run could do to the receiver beyond sending. */
  readonly provided: readonly Need[];
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
  cases: readonly Pick<CaseResult, 'level' | 'verdict' | 'expectation'>[],
  options: { readonly strict: boolean; readonly stopped: boolean },
): Summary => {
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  const fatal = fatalLevels(options.strict);
  const isExpected = ({ verdict, expectation }: (typeof cases)[number]): boolean =>
    verdict === 'failed' && expectation !== undefined;
  const broken = cases.some(
    (one) => one.verdict === 'failed' && fatal.has(one.level) && !isExpected(one),
  );
  const unjudged =
    options.stopped || count('passed') === 0 || (options.strict && count('inconclusive') > 0);
  return {
    passed: count('passed'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    notObservable: count('notObservable'),
    skipped: count('skipped'),
    expectedFailures: cases.filter(isExpected).length,
    verdict: broken ? 'failed' : unjudged ? 'inconclusive' : 'passed',
  };
};
