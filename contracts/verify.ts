import { arrange } from './arrange.js';
import { contractCases } from './cases.js';
import { requireVerifyOptions } from './option-checks.js';
import type { Target, VerifyOptions } from './options.js';
import { planContract } from './runner/plan.js';
import type { RunResult } from './runner/result.js';
import { runContract } from './runner/run.js';
import type { RunOptions } from './runner/run.js';
import { readExpectations } from './runner/expectations.js';
import { selectCases } from './runner/select.js';

/**
 * Runs the contract against a receiver.
 *
 * @example
 * ```ts
 * const result = await verifyReceiver(app.fetch, { key, probe: ({ id }) => store.count(id) });
 * expect(result.summary.verdict).toBe('passed');
 * ```
 *
 * @throws {HookproofError} `invalid_argument`, `nothing_matched`, `target_refused`, `probe_failed`
 */
export const verifyReceiver = async (
  target: Target,
  options: VerifyOptions,
): Promise<RunResult> => {
  requireVerifyOptions(options);
  requireExpectations(options);
  options.signal?.throwIfAborted();
  const { run, close } = await arrange(target, options, chosenCases(options));
  try {
    return await runContract(run);
  } finally {
    await close();
  }
};

/** What {@link verifyReceiver} would send to a right receiver; nothing is sent. */
export const planReceiver = async (target: Target, options: VerifyOptions): Promise<RunResult> => {
  requireVerifyOptions(options);
  const { sinkPort: _sink, apiPort: _api, ...planned } = options;
  const { run, close } = await arrange(target, planned, chosenCases(options));
  try {
    return await planContract(run);
  } finally {
    await close();
  }
};

/** One that fits no case would be kept for ever, and one without a day would never end. */
const requireExpectations = ({ expectations = [] }: VerifyOptions): void => {
  readExpectations(JSON.stringify(expectations), 'expectations');
  for (const { case: pattern } of expectations) {
    selectCases(contractCases, { only: [pattern], skip: [] });
  }
};

const chosenCases = ({ only = [], skip = [] }: VerifyOptions): RunOptions['cases'] =>
  selectCases(contractCases, { only, skip });
