import { contractCases } from './cases.js';
import type { Target, VerifyOptions } from './options.js';
import { explain } from './runner/explain.js';
import { fatalLevels } from './runner/result.js';
import type { CaseResult, RunResult } from './runner/result.js';
import { selectCases } from './runner/select.js';
import { verifyReceiver } from './verify.js';

/** What a test framework has; vitest, Jest and `node:test` fit. */
export interface TestFramework {
  /** Makes a group of tests. */
  readonly describe: (name: string, body: () => void) => unknown;
  /** Makes a test. */
  readonly test: (
    name: string,
    body: (...context: readonly unknown[]) => Promise<void>,
    timeoutMs: number,
  ) => unknown;
}

/** A receiver that is started when the first test of its contract runs. */
export interface LateTarget {
  /** Starts the receiver; called once, when the first test begins. */
  readonly start: () => Target | Promise<Target>;
}

/** How the tests of a contract are made. */
export interface ContractOptions extends VerifyOptions {
  /** The name of the group of tests; default `receiver contract`. */
  readonly name?: string;
  /** How long the whole run may take, in milliseconds; default 300,000. */
  readonly runTimeoutMs?: number;
}

/** Defines the tests of a receiver's contract, one for each case. */
export type DefineTests = (target: Target | LateTarget, options: ContractOptions) => void;

const RUN_TIMEOUT_MS = 300_000;

/**
 * Fits the contract to a test framework. The contract is run once, when the first of its tests
 * begins; each test then tells what became of its case. What does not fail a run is skipped, with
 * its reason, where the framework can skip a test that has begun.
 *
 * @example
 * ```ts
 * import { describe, test } from 'node:test';
 * const describeReceiverContract = defineContract({ describe, test });
 * describeReceiverContract('http://localhost:3000/webhooks/truora', { key });
 * ```
 *
 * @throws {HookproofError} `nothing_matched` for an `only` or `skip` that fits no case.
 */
export const defineContract =
  ({ describe, test }: TestFramework): DefineTests =>
  (target, { name = 'receiver contract', runTimeoutMs = RUN_TIMEOUT_MS, ...options }) => {
    const cases = selectCases(contractCases, {
      only: options.only ?? [],
      skip: options.skip ?? [],
    });
    let run: Promise<RunResult> | undefined;
    const result = async (): Promise<RunResult> => (run ??= runOnce(target, options));
    describe(name, () => {
      for (const suite of new Set(cases.map((one) => one.suite))) {
        describe(suite, () => {
          for (const { id, title } of cases.filter((one) => one.suite === suite)) {
            test(
              `${id}: ${title}`,
              async (...context) => tell(await result(), id, context[0]),
              runTimeoutMs,
            );
          }
        });
      }
    });
  };

const runOnce = async (target: Target | LateTarget, options: VerifyOptions): Promise<RunResult> =>
  verifyReceiver(
    typeof target === 'object' && 'start' in target ? await target.start() : target,
    options,
  );

/** Passes, fails or skips as the case did. */
const tell = ({ cases, strict, problem }: RunResult, id: string, context: unknown): void => {
  if (problem !== null) throw new Error(`${problem.message}: ${problem.remedy}`);
  const one = cases.find((found) => found.id === id);
  if (one === undefined) throw new Error(`the run has no case ${id}`);
  if (one.verdict === 'passed') return;
  if (isFailure(one, strict)) throw new Error(explain(one));
  skip(context, reasonOf(one));
};

const isFailure = ({ verdict, level, expectation }: CaseResult, strict: boolean): boolean =>
  verdict === 'failed'
    ? expectation === undefined && fatalLevels(strict).has(level)
    : verdict === 'inconclusive' && level === 'must';

const reasonOf = ({ verdict, level, actual, expectation }: CaseResult): string => {
  if (verdict !== 'failed') return `${verdict}: ${actual}`;
  return expectation === undefined
    ? `a warning (${level}): ${actual}`
    : `expected to fail until ${expectation.expires}: ${expectation.reason}`;
};

const skip = (context: unknown, reason: string): void => {
  if (canSkip(context)) context.skip(reason);
};

const canSkip = (context: unknown): context is { readonly skip: (reason: string) => void } =>
  typeof context === 'object' &&
  context !== null &&
  'skip' in context &&
  typeof context.skip === 'function';
