/** What a receiver must do: the contract, and the way to run it. */
export { contractCases } from './cases.js';
export type { CountFunction } from './probe/function.js';
export type { ContractCase, Level, Severity, Suite, Verdict } from './runner/case.js';
export type { KeyField } from './runner/events.js';
export type { AttemptResult, CaseResult, Finding, RunResult, Summary } from './runner/result.js';
export { selectCases } from './runner/select.js';
export { planReceiver, verifyReceiver } from './verify.js';
export type { Target, VerifyOptions } from './verify.js';
