import {
  HookproofError,
  createHttpTransport,
  createInProcessTransport,
  createRawSender,
  createTargetGuard,
} from '../simulator/index.js';
import type { FetchHandler } from '../simulator/index.js';
import { contractCases } from './cases.js';
import { createCommandProbe } from './probe/command.js';
import { createCounter } from './probe/count.js';
import { createFunctionProbe } from './probe/function.js';
import type { CountFunction } from './probe/function.js';
import { createHttpProbe } from './probe/http.js';
import { bothProbes } from './probe/probe.js';
import type { Probe } from './probe/probe.js';
import { openSink, sinkControl } from './probe/sink.js';
import type { Sink } from './probe/sink.js';
import type { Clock } from './runner/clock.js';
import { keysOf } from './runner/events.js';
import type { KeyField } from './runner/events.js';
import { planContract } from './runner/plan.js';
import type { RunResult } from './runner/result.js';
import { runContract } from './runner/run.js';
import type { RunOptions } from './runner/run.js';
import { selectCases } from './runner/select.js';

export interface VerifyOptions {
  /** The signing key: the text, as Truora shows it. */
  readonly key: string;
  /** Where the effects show: a URL with placeholders, a command, or a function of yours. */
  readonly probe?: { readonly url: string } | { readonly command: string } | CountFunction;
  /** A JSONPath (RFC 9535) to the number, list or places to count in the probe's answer. */
  readonly probeCount?: string;
  /** How long effects may take to appear, in milliseconds; default 1000. */
  readonly probeSettleMs?: number;
  /** A port for the receiver's outbound effects, so that some of them can be made to fail. */
  readonly sinkPort?: number;
  /** Globs on case ids. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** `should` cases fail the run too. */
  readonly strict?: boolean;
  /** Slugs of the products that the receiver handles. */
  readonly products?: readonly string[];
  readonly contentType?: string;
  readonly idempotencyKey?: KeyField;
  readonly seed?: number;
  readonly concurrency?: number;
  /** How long an acknowledgement may take, in milliseconds; default 3000 (an assumption, INF). */
  readonly timeoutMs?: number;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly insecure?: boolean;
  readonly allowedHosts?: readonly string[];
  readonly resolve?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly version?: string;
  readonly reproduce?: (caseId: string) => string;
  readonly onProgress?: (done: number, total: number, what: string) => void;
}

/** The address that a handler in this process believes it is called at. */
const IN_PROCESS_URL = 'http://receiver.test/webhooks/truora';

/** A receiver: its URL, or a handler in this process. */
export type Target = string | FetchHandler;

/**
 * Runs the contract against a receiver: its URL, or a `(Request) => Response` handler.
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
  const sink = options.sinkPort === undefined ? undefined : await openSink(options.sinkPort);
  try {
    return await runContract(await arrange(target, options, sink));
  } finally {
    await sink?.close();
  }
};

/** What {@link verifyReceiver} would send to a right receiver; nothing is sent. */
export const planReceiver = async (target: Target, options: VerifyOptions): Promise<RunResult> =>
  planContract(await arrange(target, options, undefined));

const arrange = async (
  target: Target,
  options: VerifyOptions,
  sink: Sink | undefined,
): Promise<RunOptions> => {
  const rules = { allowedHosts: options.allowedHosts ?? [], resolve: options.resolve ?? {} };
  const http = { guard: createTargetGuard(rules), insecure: options.insecure ?? false };
  const network = createHttpTransport(http);
  const remote = typeof target === 'string';
  // A host that cannot be found is no mistake in the call: the run says so.
  if (remote) await http.guard(new URL(target)).catch(ignoreUnless(HookproofError));
  return {
    cases: selectCases(contractCases, { only: options.only ?? [], skip: options.skip ?? [] }),
    url: remote ? target : IN_PROCESS_URL,
    key: options.key,
    transport: remote ? network : createInProcessTransport(target),
    raw: remote ? createRawSender(http) : undefined,
    probe: bothProbes(await createProbe(options, network), sink?.probe),
    sink: sink === undefined ? undefined : sinkControl(sink, keysOf),
    keyField: options.idempotencyKey ?? 'id',
    contentType: options.contentType ?? 'application/jwt',
    products: options.products,
    headers: options.headers ?? [],
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 32),
    timeoutMs: options.timeoutMs ?? 3000,
    settleMaxMs: options.probeSettleMs ?? 1000,
    concurrency: options.concurrency ?? 16,
    strict: options.strict ?? false,
    version: options.version ?? 'library',
    reproduce: options.reproduce ?? ((id) => `verifyReceiver(…, { only: ['${id}'] })`),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  };
};

const ignoreUnless =
  (kind: typeof HookproofError) =>
  (error: unknown): void => {
    if (error instanceof kind) throw error;
  };

const createProbe = async (
  { probe, probeCount: countPath }: VerifyOptions,
  transport: ReturnType<typeof createHttpTransport>,
): Promise<Probe | undefined> => {
  if (probe === undefined) return undefined;
  if (typeof probe === 'function') return createFunctionProbe(probe);
  const counter = await createCounter(countPath);
  return 'url' in probe
    ? createHttpProbe(probe.url, { transport, counter })
    : createCommandProbe(probe.command, { counter });
};
