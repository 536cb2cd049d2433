import type { Attempt, ContractCase, Judgement, RunHistory, Seen, Need } from './case.js';
import type { Problem } from './problems.js';
import type { Played } from './play.js';
import type { AttemptResult, CaseResult } from './result.js';

interface Run {
  readonly played: ReadonlyMap<string, Played>;
  readonly history: RunHistory;
  readonly problem: Problem | undefined;
}

const EXPECTED_ANY = 'a receiver that takes genuine deliveries';

const inconclusive = (actual: string): Judgement => ({
  verdict: 'inconclusive',
  expected: EXPECTED_ANY,
  actual,
});

const UNMET: Readonly<Record<Need, Pick<Judgement, 'verdict' | 'actual'>>> = {
  effects: { verdict: 'notObservable', actual: 'it needs effects; add --probe' },
  sink: {
    verdict: 'notObservable',
    actual: 'it needs an effect that can be made to fail; add --sink-listen',
  },
  socket: { verdict: 'skipped', actual: 'it needs a socket; give a URL' },
};

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
  if (entry === undefined) return inconclusive('not sent');
  if (entry.kind === 'blocked') return inconclusive(entry.why);
  if (entry.kind === 'unmet') return { expected: one.title, ...UNMET[entry.need] };
  const { observations } = entry;
  const judgement = observations.judge(history.seen);
  const lost = entry.closedBy()?.taken === false;
  const proven = judgement.verdict === 'failed' && !observations.attempts.some(gotNoAnswer);
  return lost && !proven
    ? {
        ...judgement,
        verdict: 'inconclusive',
        actual: `${judgement.actual}; the control after it failed`,
      }
    : judgement;
};

const attemptResult = (
  { label, exchange, events, request }: Attempt,
  seen: Seen,
): AttemptResult => {
  const { outcome } = exchange;
  const counts = events.map((event) => seen.count(event));
  const known = counts.filter((count) => count !== undefined);
  return {
    label,
    status: outcome.kind === 'response' ? outcome.status : null,
    ...(outcome.kind === 'failure' ? { failure: outcome.failure } : {}),
    latencyMs: Math.round(exchange.latencyMs * 10) / 10,
    effects:
      known.length === 0 || known.length < counts.length
        ? null
        : known.reduce((sum, count) => sum + count, 0),
    bodyBytes: request.bodyBytes,
    bodyDigest: request.bodyDigest,
  };
};

/** Judges one case and lays it out for the reports. */
export const judge = (
  one: ContractCase,
  run: Run & {
    readonly attempts: readonly Attempt[];
    readonly reproduce: string;
  },
): CaseResult => {
  const { attempts } = run;
  const endMs = Math.max(0, ...attempts.map(({ atMs }) => atMs));
  const startMs = Math.min(
    endMs,
    ...attempts.map(({ atMs, exchange }) => atMs - exchange.latencyMs),
  );
  return {
    id: one.id,
    catalogue: one.catalogue,
    suite: one.suite,
    family: one.family,
    level: one.level,
    severity: one.severity,
    ...judgeCase(one, run),
    title: one.title,
    rule: one.rule,
    source: one.source,
    why: one.why,
    fix: one.fix,
    reproduce: run.reproduce,
    durationMs: Math.round(endMs - startMs),
    attempts: attempts.map((attempt) => attemptResult(attempt, run.history.seen)),
  };
};
