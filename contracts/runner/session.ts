import { createPolicy, createRandom, pairs } from '../../simulator/index.js';
import type { DeliveryPolicy, RawSender, Transport } from '../../simulator/index.js';
import type { Probe } from '../probe/probe.js';
import type { StateReader } from '../probe/state.js';
import { calibrate } from './calibrate.js';
import type { Calibration } from './calibrate.js';
import type {
  Attempt,
  Canary,
  CaseContext,
  ReceiverControls,
  ReceiverFacts,
  SinkControl,
} from './case.js';
import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import { createContext } from './context.js';
import type { RunEnvironment } from './context.js';
import type { KeyField } from './events.js';
import { createLedger } from './ledger.js';
import type { Ledger } from './ledger.js';
import { createLimit } from './limit.js';
import { createObserver } from './observer.js';
import type { Observer } from './observer.js';
import { attemptHead } from './verdicts.js';
import type { AttemptHead } from './verdicts.js';

/** A receiver that one can send to and look at. */
export interface Session {
  readonly clock: Clock;
  readonly startedAtMs: number;
  readonly policy: DeliveryPolicy;
  readonly ledger: Ledger;
  readonly observer: Observer;
  /** What is known of the receiver so far. */
  readonly facts: () => ReceiverFacts;
  /** A context with a stream of events of its own. */
  readonly contextOf: (id: string) => CaseContext;
  /** Learns about the receiver, and fits the session to it. */
  readonly calibrate: () => Promise<Calibration>;
}

/** How the receiver is reached and looked at. */
export interface SessionOptions {
  readonly url: string;
  readonly key: string;
  readonly transport: Transport;
  /** What the handler in this process threw first, or returned in place of an answer. */
  readonly trouble?: () => string | undefined;
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
  readonly clock?: Clock;
  /** Once it is aborted, nothing further is begun. */
  readonly signal?: AbortSignal;
  /** Told of every attempt as it ends, before it is judged. */
  readonly onAttempt?: (caseId: string, attempt: AttemptHead) => void;
}

/** How many questions a probe is asked at a time. */
const PROBES_AT_ONCE = 8;

/** Prepares to send; nothing is sent yet. */
export const openSession = (options: SessionOptions): Session => {
  const { clock = systemClock, probe, timeoutMs, onAttempt } = options;
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
  const setPace = (most: number): void => {
    atOnce = Math.max(1, Math.min(options.concurrency, most));
    limit = createLimit(atOnce);
  };
  const environment: RunEnvironment = {
    key: options.key,
    keyField: options.keyField,
    ...(options.salt === undefined ? {} : { salt: options.salt }),
    timeoutMs,
    headers: options.headers,
    transport: options.transport,
    raw: options.raw,
    sink: options.sink,
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
    ease: () => setPace(Math.floor(atOnce / 2)),
    ledger,
    observer,
    facts: () => facts,
  };
  const contextOf = (id: string): CaseContext => createContext(id, random.fork(id), environment);
  return {
    clock,
    startedAtMs,
    policy,
    ledger,
    observer,
    facts: () => facts,
    contextOf,
    calibrate: async () =>
      calibrate({
        context: contextOf('calibration'),
        observer,
        facts,
        products: options.products,
        trouble: options.trouble ?? (() => undefined),
        adopt: (learnt) => {
          facts = learnt;
        },
        pace: { get: () => atOnce, set: setPace, most: options.concurrency },
        moveTo: (destination) => {
          url = destination;
        },
      }),
  };
};

/** What is believed of a receiver before the first delivery. */
const presumed = ({ probe, products, contentType }: SessionOptions): ReceiverFacts => ({
  effects: probe !== undefined,
  statusBlind: false,
  latestPerResource: false,
  brokenFirst: new Set(),
  handled: new Set(
    pairs
      .filter(({ product }) => products === undefined || products.includes(product))
      .map(({ name }) => name),
  ),
  contentType,
});
