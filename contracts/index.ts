/** What a receiver must do: the contract, and the way to run it. */
export { contractCases } from './cases.js';
export type { CountFunction } from './probe/function.js';
export { openUrlProbe as openProbe } from './probe/open.js';
export type { Probe } from './probe/probe.js';
export type { StateFunction } from './probe/state.js';
export type {
  ContractCase,
  Level,
  Need,
  ReceiverControls,
  Severity,
  Suite,
  Verdict,
} from './runner/case.js';
export type { KeyField } from './runner/events.js';
export { compareReports } from './runner/compare.js';
export type { CaseChange, Comparison } from './runner/compare.js';
export { readExpectations } from './runner/expectations.js';
export type { ExpectedFailure } from './runner/expectations.js';
export { languages } from './runner/result.js';
export type {
  AttemptResult,
  CaseResult,
  Expectation,
  Finding,
  Language,
  RecordedBody,
  RunResult,
  Summary,
  Transcript,
} from './runner/result.js';
export { selectCases } from './runner/select.js';
export type { AttemptHead } from './runner/verdicts.js';
export { planReceiver, verifyReceiver } from './verify.js';
export type { Target, VerifyOptions } from './options.js';
export { fuzzReceiver, playSchedule } from './fuzz.js';
export type { FuzzOptions } from './fuzz.js';
export type { Counterexample } from './schedule/confirm.js';
export type { FuzzResult } from './schedule/fuzz.js';
export type { Violation } from './schedule/play.js';
export type {
  Command,
  CommandKind,
  EventName,
  Likeness,
  NamedEvent,
  Schedule,
} from './schedule/schedule.js';
export { assertDedup, checkDedup } from './dedup/check.js';
export type { DedupCounterexample, DedupOptions, DedupResult } from './dedup/check.js';
export type { DedupStore, DedupSubject, EventHandler, Lab } from './dedup/subject.js';
export { defineContract } from './define.js';
export type { ContractOptions, DefineTests, LateTarget, TestFramework } from './define.js';
export { receiverMatchers } from './matchers.js';
export { simulationMatchers } from './simulation-matchers.js';
export type { HookChoice } from './simulation-matchers.js';
export { openReceiver } from './receiver.js';
export type { Deliverable, TokenOf } from './deliverable.js';
export type { Answer, Receiver } from './receiver.js';
export type {
  CheckResult,
  DoctorResult,
  DoctorVerdict,
  Finding as Obstacle,
} from './doctor/finding.js';
export type { DoctorOptions } from './doctor/options.js';
export { diagnoseReceiver } from './diagnose.js';
