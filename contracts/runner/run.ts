import {
  HookproofError,
  createPolicy,
  createRandom,
  pairs,
  products as knownProducts,
} from '../../simulator/index.js';
import type { RawSender, Transport } from '../../simulator/index.js';
import type { Probe } from '../probe/probe.js';
import type { StateReader } from '../probe/state.js';
import { calibrate } from './calibrate.js';
import type { Problem } from './problems.js';
import type {
  Attempt,
  Canary,
  CaseContext,
  ContractCase,
  Observations,
  ReceiverControls,
  ReceiverFacts,
  RunHistory,
  SinkControl,
} from './case.js';
import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import { createContext } from './context.js';
import type { RunEnvironment } from './context.js';
import { keysOf } from './events.js';
import type { KeyField } from './events.js';
import { applyExpectations } from './expectations.js';
import type { ExpectedFailure } from './expectations.js';
import type { CauseBook } from '../causes/index.js';
import { groupFindings } from './findings.js';
import { languageOf } from './language.js';
import { createLedger } from './ledger.js';
import { createLimit } from './limit.js';
import { createObserver } from './observer.js';
import { play, providedNeeds } from './play.js';
import type { Play } from './play.js';
import { summarise } from './result.js';
import type { CaseResult, RunResult } from './result.js';
import { sweep } from './sweep.js';
import { createTranscribe } from './transcript.js';
import { attemptHead, judge } from './verdicts.js';
import type { AttemptHead } from './verdicts.js';

export interface RunOptions {
  readonly cases: readonly ContractCase[];
  readonly url: string;
  readonly key: string;
  readonly transport: Transport;
  /** Absent for a handler in this process. */
  readonly raw: RawSender | undefined;
  readonly probe: Probe | undefined;
  readonly state?: StateReader | undefined;
  readonly sink: SinkControl | undefined;
  readonly canary?: Canary | undefined;
  readonly api?: RunEnvironment['api'];
  readonly peerUrl?: string | undefined;
  readonly controls?: ReceiverControls;
  readonly keyField: KeyField;
  readonly contentType: string;
  readonly products: readonly string[] | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly seed: number;
  /** Goes into the events' ids and nothing else; empty by default. */
  readonly salt?: string;
  readonly timeoutMs: number;
  /** How long effects may take to appear, in milliseconds. */
  readonly settleMaxMs: number;
  readonly concurrency: number;
  readonly strict: boolean;
  readonly version: string;
  readonly expectations?: readonly ExpectedFailure[];
  /** A command that runs one case again. */
  readonly reproduce: (caseId: string) => string;
  readonly clock?: Clock;
  /** Told how far the run is: `done` of `total` cases were sent; 0 before the first delivery. */
  /** Told of every attempt as it ends, before it is judged. */
  readonly onAttempt?: (caseId: string, attempt: AttemptHead) => void;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** How many questions a probe is asked at a time. */
const PROBES_AT_ONCE = 8;

const NOTHING_PLAYED: Play = { played: new Map(), controls: [] };

/** Runs cases against a receiver and judges them. */
export const runContract = async (options: RunOptions): Promise<RunResult> => {
  const { clock = systemClock, probe, products, strict, timeoutMs } = options;
  const { onProgress = () => undefined } = options;
  requireProducts(products);
  onProgress(0, options.cases.filter(({ kind }) => kind === 'sends').length, 'first deliveries');
  const startedAtMs = clock.nowMs();
  const random = createRandom(options.seed);
  const policy = createPolicy({ timeoutMs });
  const ledger = createLedger();
  const observer = createObserver({
    probe,
    state: options.state,
    clock,
    settleMaxMs: options.settleMaxMs,
    limit: createLimit(PROBES_AT_ONCE),
  });
  let { url } = options;
  let facts = presumed(options);
  let atOnce = options.concurrency;
  let limit = createLimit(atOnce);
  const paceTo = (most: number): void => {
    atOnce = Math.max(1, Math.min(atOnce, most));
    limit = createLimit(atOnce);
  };
  const { onAttempt, ...rest } = options;
  const environment: RunEnvironment = {
    ...rest,
    canary: options.canary,
    api: options.api,
    peerUrl: options.peerUrl,
    controls: options.controls ?? {},
    ...(onAttempt === undefined
      ? {}
      : { onAttempt: (attempt: Attempt) => onAttempt(attempt.caseId, attemptHead(attempt)) }),
    url: () => url,
    redirectsMax: policy.redirectsMax,
    clock,
    startedAtMs,
    limit: () => limit,
    ease: () => paceTo(Math.floor(atOnce / 2)),
    ledger,
    observer,
    facts: () => facts,
  };
  const contextOf = (id: string): CaseContext => createContext(id, random.fork(id), environment);

  const calibration = await calibrate({
    context: contextOf('calibration'),
    observer,
    facts,
    products,
    adopt: (learnt) => {
      facts = learnt;
    },
    pace: (latencyMs) => {
      paceTo(bearable(latencyMs, timeoutMs));
    },
    moveTo: (destination) => {
      url = destination;
    },
  });
  const { problem, diagnosis, introduction } = calibration;

  /** Effects by key. What was counted once is not counted again: later cases may break the probe. */
  const counts = new Map<string, number>();
  let probeProblem: Problem | undefined;
  const count = async (soFar: Play): Promise<void> => {
    if (problem !== undefined || !facts.effects) return;
    const watched = watchedIn(soFar).filter(({ event }) => !counts.has(keysOf(event)[0] ?? ''));
    const seen = await sweep({ context: contextOf(`sweep ${counts.size}`), observer, watched });
    for (const [key, effects] of seen) counts.set(key, effects);
  };

  const plays =
    problem === undefined
      ? await play({
          cases: options.cases,
          contextOf,
          onProgress,
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
  const stopped = problem ?? (probeProblem === undefined ? undefined : lostProbe(probeProblem));
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
  message: `effects could not be counted: ${message}`,
  remedy,
});

/** A URL as reports show it: a password in it is nobody's business. */
const withoutPassword = (text: string): string => {
  const url = new URL(text);
  if (url.username === '' && url.password === '') return text;
  url.username = '…';
  url.password = '';
  return url.href;
};

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
    stranger === undefined ? 'no product is named' : `no product has the slug '${stranger}'`,
    `name some of ${slugs.join(', ')}, or none to have them found out`,
  );
};

/** What is believed of a receiver before the first delivery. */
const presumed = ({ probe, products, contentType }: RunOptions): ReceiverFacts => ({
  effects: probe !== undefined,
  statusBlind: false,
  latestPerResource: false,
  handled: new Set(
    pairs
      .filter(({ product }) => products === undefined || products.includes(product))
      .map(({ name }) => name),
  ),
  contentType,
});

/** As many deliveries at once as a receiver of this latency can answer in half its time. */
const bearable = (latencyMs: number, timeoutMs: number): number =>
  Math.floor(timeoutMs / 2 / Math.max(1, latencyMs));
