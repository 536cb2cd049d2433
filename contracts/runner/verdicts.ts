import { symptomOf } from '../causes/symptom.js';
import type { Attempt, ContractCase, Judgement, RunHistory, Seen, Need } from './case.js';
import type { Problem } from './problems.js';
import type { Played } from './play.js';
import { keysOf } from './events.js';
import { CONTROL_FAILED } from './judge.js';
import type { AttemptResult, CaseResult } from './result.js';
import type { Transcribe } from './transcript.js';
import { later, say, translate } from '../../language/say.js';

interface Run {
  readonly played: ReadonlyMap<string, Played>;
  readonly history: RunHistory;
  readonly problem: Problem | undefined;
}

const EXPECTED_ANY = later('a receiver that takes genuine deliveries');

const inconclusive = (actual: string): Judgement => ({
  verdict: 'inconclusive',
  expected: translate(EXPECTED_ANY),
  actual,
});

const UNMET: Readonly<Record<Need, string>> = {
  effects: later('it needs effects; add --probe'),
  sink: later('it needs an effect that can be held or made to fail; add --sink-listen'),
  canary: later('it needs a listener that the receiver can reach; run hookproof on its machine'),
  state: later('it needs the state of a resource; add --state'),
  peer: later('it needs a second instance; add --peer'),
  restart: later('it needs a way to restart the receiver; add --restart-cmd'),
  clock: later('it needs a way to set the receiver’s clock; add --receiver-clock'),
  poll: later('it needs a receiver that polls; add --poll-url or --poll-cmd'),
  rekey: later('it needs a way to change the receiver’s key; add --rekey-cmd'),
  outage: later('it needs a way to take the receiver’s store away; add --outage-cmd'),
  socket: later('it needs a socket; give a URL'),
};

/** Without a socket a case has no meaning; what else is missing could be provided. */
const unmet = (one: ContractCase, need: Need): Judgement => ({
  verdict: need === 'socket' ? 'skipped' : 'notObservable',
  expected: translate(one.title),
  actual: translate(UNMET[need]),
});

const gotNoAnswer = ({ exchange }: Attempt): boolean => exchange.outcome.kind === 'failure';

/** The judgement of one case: its own, unless nothing was sent or the control after it failed. */
const judgeCase = (one: ContractCase, { played, history, problem }: Run): Judgement => {
  if (one.kind === 'reviews') {
    const judgement = one.review(history);
    const unproven = problem !== undefined && judgement.verdict === 'passed';
    return unproven ? inconclusive(problem.message) : judgement;
  }
  if (problem !== undefined) return inconclusive(problem.message);
  const entry = played.get(one.id);
  if (entry === undefined) return inconclusive(say`not sent`);
  if (entry.kind === 'blocked') return inconclusive(entry.why);
  if (entry.kind === 'unmet') return unmet(one, entry.need);
  const { observations } = entry;
  const judgement = observations.judge(history.seen);
  const lost = entry.closedBy()?.taken === false;
  const proven = judgement.verdict === 'failed' && !observations.attempts.some(gotNoAnswer);
  return lost && !proven
    ? {
        ...judgement,
        verdict: 'inconclusive',
        actual: `${judgement.actual}${translate(CONTROL_FAILED)}`,
      }
    : judgement;
};

/** What is known of an attempt as soon as it ends. */
export type AttemptHead = Omit<AttemptResult, 'effects' | 'transcript'>;

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

export const attemptHead = (attempt: Attempt): AttemptHead => {
  const { label, intent, exchange, events, request, atMs } = attempt;
  const { outcome } = exchange;
  return {
    label,
    intent,
    atMs: Math.max(0, tenths(atMs - exchange.latencyMs)),
    events: events.flatMap((event) => keysOf(event).slice(0, 1)),
    status: outcome.kind === 'response' ? outcome.status : null,
    ...(outcome.kind === 'failure' ? { failure: outcome.failure } : {}),
    latencyMs: tenths(exchange.latencyMs),
    bodyBytes: request.bodyBytes,
    bodyDigest: request.bodyDigest,
  };
};

const effectsOf = ({ events }: Attempt, seen: Seen): number | null => {
  const counts = events.map((event) => seen.count(event));
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 || known.length < counts.length
    ? null
    : known.reduce((sum, count) => sum + count, 0);
};

/** Constants among the judgements were made before the language was chosen. */
const inWords = ({ verdict, expected, actual }: Judgement): Judgement => ({
  verdict,
  expected: translate(expected),
  actual: translate(actual),
});

/** Judges one case and lays it out for the reports. */
export const judge = (
  one: ContractCase,
  run: Run & {
    readonly attempts: readonly Attempt[];
    readonly reproduce: string;
    readonly transcribe: Transcribe;
  },
): CaseResult => {
  const { attempts } = run;
  const endMs = Math.max(0, ...attempts.map(({ atMs }) => atMs));
  const startMs = Math.min(
    endMs,
    ...attempts.map(({ atMs, exchange }) => atMs - exchange.latencyMs),
  );
  const entry = run.played.get(one.id);
  const judgement = judgeCase(one, run);
  const shown = (attempt: Attempt) => ({
    ...attemptHead(attempt),
    effects: effectsOf(attempt, run.history.seen),
  });
  const telling = one.kind === 'reviews' ? (judgement.shownBy ?? []) : attempts;
  const symptom = judgement.verdict === 'failed' ? symptomOf(telling.map(shown)) : undefined;
  return {
    id: one.id,
    catalogue: one.catalogue,
    suite: one.suite,
    family: one.family,
    level: one.level,
    severity: one.severity,
    ...inWords(judgement),
    ...(symptom === undefined ? {} : { symptom }),
    title: translate(one.title),
    rule: translate(one.rule),
    source: one.source,
    needs: one.needs,
    ...(entry?.kind === 'unmet' ? { missing: entry.need } : {}),
    why: translate(one.why),
    fix: translate(one.fix),
    reproduce: run.reproduce,
    durationMs: Math.round(endMs - startMs),
    attempts: attempts.map((attempt) => ({
      ...shown(attempt),
      transcript: run.transcribe(attempt),
    })),
  };
};
