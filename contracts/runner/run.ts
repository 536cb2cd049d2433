import {
  HookproofError,
  products as knownProducts,
  withoutPassword,
} from '../../simulator/index.js';
import { brokenOff } from './problems.js';
import type { Problem } from './problems.js';
import type { ContractCase, Observations, RunHistory } from './case.js';
import { systemClock } from './clock.js';
import { keysOf } from './events.js';
import { applyExpectations } from './expectations.js';
import type { ExpectedFailure } from './expectations.js';
import type { CauseBook } from '../causes/index.js';
import { groupFindings } from './findings.js';
import { languageOf } from './language.js';
import { play, providedNeeds } from './play.js';
import type { Play } from './play.js';
import { summarise } from './result.js';
import type { CaseResult, RunResult } from './result.js';
import { sweep } from './sweep.js';
import { createTranscribe } from './transcript.js';
import { openSession } from './session.js';
import type { SessionOptions } from './session.js';
import { judge } from './verdicts.js';
import { say } from '../../language/say.js';

export interface RunOptions extends SessionOptions {
  readonly cases: readonly ContractCase[];
  readonly strict: boolean;
  readonly version: string;
  readonly expectations?: readonly ExpectedFailure[];
  /** A command that runs one case again. */
  readonly reproduce: (caseId: string) => string;
  /** Told how far the run is: `done` of `total` cases were sent; 0 before the first delivery. */
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

const NOTHING_PLAYED: Play = { played: new Map(), controls: [] };

/** Runs cases against a receiver and judges them. */
export const runContract = async (options: RunOptions): Promise<RunResult> => {
  const { clock = systemClock, probe, products, strict, timeoutMs } = options;
  const { onProgress = () => undefined } = options;
  requireProducts(products);
  onProgress(0, options.cases.filter(({ kind }) => kind === 'sends').length, say`first deliveries`);
  const session = openSession(options);
  const { startedAtMs, policy, ledger, observer, contextOf } = session;
  const calibration = await session.calibrate();
  const facts = session.facts();
  const { problem, diagnosis, introduction } = calibration;

  /** Effects by key. What was counted once is not counted again: later cases may break the probe. */
  const counts = new Map<string, number>();
  let probeProblem: Problem | undefined;
  const count = async (soFar: Play): Promise<void> => {
    if (problem !== undefined || !facts.effects) return;
    const watched = watchedIn(soFar).filter(({ event }) => !counts.has(keysOf(event)[0] ?? ''));
    const seen = await sweep({ context: contextOf(say`sweep ${counts.size}`), observer, watched });
    for (const [key, effects] of seen) counts.set(key, effects);
  };

  const plays =
    problem === undefined
      ? await play({
          cases: options.cases,
          contextOf,
          onProgress,
          isAborted: () => options.signal?.aborted ?? false,
          statesSeen: options.state !== undefined,
          count: async (soFar) => {
            await count(soFar);
            probeProblem ??= observer.problem();
          },
        })
      : NOTHING_PLAYED;
  await count(plays);
  const { played, controls } = plays;

  const history: RunHistory = {
    attempts: ledger.all(),
    levelOf: ({ caseId }) => options.cases.find(({ id }) => id === caseId)?.level,
    introduction,
    controls,
    seen: { facts, count: (event) => counts.get(keysOf(event)[0] ?? '') },
    key: options.key,
    timeoutMs,
    products,
    diagnosis,
  };
  const transcribe = createTranscribe({
    key: options.key,
    hiddenHeaders: options.headers.map(([name]) => name),
  });
  const judged = options.cases.map((one) =>
    judge(one, {
      transcribe,
      played,
      history,
      problem,
      attempts: ledger.of(one.id),
      reproduce: options.reproduce(one.id),
    }),
  );
  const today = new Date(clock.nowMs()).toISOString().slice(0, 10);
  const cases = applyExpectations(judged, options.expectations ?? [], today);
  const stopped =
    problem ??
    (probeProblem === undefined ? undefined : lostProbe(probeProblem)) ??
    (options.signal?.aborted === true ? brokenOff() : undefined);
  return {
    schemaVersion: 1,
    tool: { name: 'hookproof', version: options.version },
    seed: options.seed,
    target: withoutPassword(options.url),
    startedAt: new Date(startedAtMs).toISOString(),
    durationMs: Math.round(clock.nowMs() - startedAtMs),
    strict,
    policy,
    receiver: {
      probe: probe?.name ?? null,
      keyField: options.keyField,
      settleMs: Math.round(observer.settleMs()),
      statusBlind: facts.statusBlind,
      latestPerResource: facts.latestPerResource,
      contentType: facts.contentType,
      language: languageOf(ledger.all()),
      provided: providedNeeds(contextOf('receiver'), options.state !== undefined),
      handled: [...facts.handled],
    },
    problem: stopped ?? null,
    summary: summarise(cases, { strict, stopped: stopped !== undefined }),
    findings: groupFindings(cases, await bookFor(cases)),
    cases,
  };
};

/** What is known of causes is read only where there is something to explain. */
const bookFor = async (cases: readonly CaseResult[]): Promise<CauseBook | undefined> => {
  if (!cases.some(({ verdict }) => verdict === 'failed')) return undefined;
  const { loadCauses } = await import('../causes/index.js');
  return loadCauses();
};

/** Without its effects a receiver cannot be judged, however many cases went well before. */
const lostProbe = ({ message, remedy }: Problem): Problem => ({
  message: say`effects could not be counted: ${message}`,
  remedy,
});

const watchedIn = ({ played, controls }: Play): Observations['watched'] => [
  ...[...played.values()].flatMap((entry) =>
    entry.kind === 'sent' ? entry.observations.watched : [],
  ),
  ...controls.filter(({ taken }) => taken).map(({ event }) => ({ event, expected: 1 as const })),
];

/** A receiver that is said to handle nothing, or what does not exist, could only be misjudged. */
const requireProducts = (named: readonly string[] | undefined): void => {
  const slugs = knownProducts.map(({ slug }) => slug);
  const stranger = named?.find((product) => !slugs.includes(product));
  if (named === undefined || (named.length > 0 && stranger === undefined)) return;
  throw new HookproofError(
    'invalid_argument',
    stranger === undefined ? say`no product is named` : say`no product has the slug '${stranger}'`,
    say`name some of ${slugs.join(', ')}, or none to have them found out`,
  );
};
