import type { RunResult } from '../contracts/index.js';
import type { HookproofErrorCode } from '../simulator/index.js';

/** What scripts may rely on; the same for all commands. */
export const exitCodes = {
  passed: 0,
  broken: 1,
  usage: 2,
  noVerdict: 3,
  internal: 4,
  interrupted: 130,
} as const;

const OF_VERDICT: Readonly<Record<RunResult['summary']['verdict'], number>> = {
  passed: exitCodes.passed,
  failed: exitCodes.broken,
  inconclusive: exitCodes.noVerdict,
};

export const exitCodeOfRun = ({ summary }: Pick<RunResult, 'summary'>): number =>
  OF_VERDICT[summary.verdict];

export const exitCodeOfError = (code: HookproofErrorCode): number =>
  code === 'probe_failed' ? exitCodes.noVerdict : exitCodes.usage;
