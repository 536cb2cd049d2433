import {
  HookproofError,
  createHttpTransport,
  createInProcessTransport,
  createRawSender,
  createTargetGuard,
  openInProcess,
} from '../simulator/index.js';
import type { TargetGuard, Transport } from '../simulator/index.js';
import { arrangeControls } from './controls.js';
import type { Target, VerifyOptions } from './options.js';
import { openCanary } from './probe/canary.js';
import { createCommandProbe } from './probe/command.js';
import { createCounter } from './probe/count.js';
import { openEventsApi } from './probe/events-api.js';
import { createFunctionProbe } from './probe/function.js';
import { createHttpProbe } from './probe/http.js';
import { bothProbes } from './probe/probe.js';
import type { Probe } from './probe/probe.js';
import { openSink } from './probe/sink.js';
import { createStateFunctionReader, createStateReader } from './probe/state.js';
import type { StateReader } from './probe/state.js';
import { keysOf } from './runner/events.js';
import { requireRealTime } from './runner/real-time.js';
import type { RunOptions } from './runner/run.js';
import { say } from '../language/say.js';

/** A run that is ready to begin, and what closes the listeners that were opened for it. */
export interface Arranged {
  readonly run: RunOptions;
  readonly close: () => Promise<void>;
}

/** The address that a handler in this process believes it is called at. */
const IN_PROCESS_URL = 'http://receiver.test/webhooks/truora';

type Closing = () => Promise<void>;

/** Opens what the options name: the receiver where it is in this process, probes and listeners. */
export const arrange = async (
  target: Target,
  options: VerifyOptions,
  cases: RunOptions['cases'],
): Promise<Arranged> => {
  const closings: Closing[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(closings.splice(0).map(async (one) => one()));
  };
  const opened = <Open extends { readonly close: Closing }>(one: Open): Open => {
    closings.push(one.close);
    return one;
  };
  try {
    return { run: await open(target, options, { cases, opened }), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const open = async (
  target: Target,
  options: VerifyOptions,
  {
    cases,
    opened,
  }: {
    readonly cases: RunOptions['cases'];
    readonly opened: <Open extends { readonly close: Closing }>(one: Open) => Open;
  },
): Promise<RunOptions> => {
  if (options.clock === undefined) await requireRealTime();
  const rules = { allowedHosts: options.allowedHosts ?? [], resolve: options.resolve ?? {} };
  let trouble: string | undefined;
  const onTrouble = (what: string): void => {
    trouble ??= what;
  };
  const http = { guard: createTargetGuard(rules), insecure: options.insecure ?? false };
  const network = createHttpTransport(http);
  const place =
    typeof target === 'string' ? { url: checkUrl(target) } : await openInProcess(target, onTrouble);
  if ('kind' in place && place.kind === 'network') opened(place);
  const handler = 'handler' in place ? place.handler : undefined;
  const url = 'url' in place ? place.url : IN_PROCESS_URL;
  if (handler === undefined) await requireAllowed(http.guard, url);
  if (options.peer !== undefined) await requireAllowed(http.guard, checkUrl(options.peer));
  const sink =
    options.sinkPort === undefined ? undefined : opened(await openSink(options.sinkPort, keysOf));
  const api =
    options.apiPort === undefined ? undefined : opened(await openEventsApi(options.apiPort));
  const near = handler !== undefined || isLoopback(url, rules.resolve);
  const canary = near ? opened(await openCanary()) : undefined;
  const shown = await createProbe(options, network);
  return {
    cases,
    url,
    key: options.key,
    transport: handler === undefined ? network : createInProcessTransport(handler, onTrouble),
    trouble: () => trouble,
    raw: handler === undefined ? createRawSender(http) : undefined,
    probe: bothProbes(shown, sink?.probe),
    state: await createState(options, network, shown),
    sink: sink?.control,
    api,
    canary,
    peerUrl: options.peer,
    controls: arrangeControls(options.controls ?? {}, api?.url),
    expectations: options.expectations ?? [],
    keyField: options.idempotencyKey ?? 'id',
    contentType: options.contentType ?? 'application/jwt',
    products: options.products,
    headers: options.headers ?? [],
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 32),
    salt: options.salt ?? '',
    timeoutMs: options.timeoutMs ?? 3000,
    settleMaxMs: options.probeSettleMs ?? 1000,
    concurrency: options.concurrency ?? 16,
    strict: options.strict ?? false,
    version: options.version ?? 'library',
    reproduce: options.reproduce ?? ((id) => `verifyReceiver(…, { only: ['${id}'] })`),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
    ...(options.onAttempt === undefined ? {} : { onAttempt: options.onAttempt }),
  };
};

const checkUrl = (url: string): string => {
  if (URL.canParse(url)) return url;
  throw new HookproofError(
    'invalid_argument',
    say`${JSON.stringify(url)} is no URL`,
    say`write it as http://localhost:3000/webhooks/truora`,
  );
};

/** A host that cannot be found is no mistake in the call: the run says so. */
const requireAllowed = async (guard: TargetGuard, url: string): Promise<void> => {
  await guard(new URL(url)).catch((error: unknown) => {
    if (error instanceof HookproofError) throw error;
  });
};

/** Whether the receiver is on this machine, by its name or by where the user says that it is. */
const isLoopback = (url: string, resolve: Readonly<Record<string, string>>): boolean => {
  const { hostname, port, protocol } = new URL(url);
  const place = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
  return /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/.test(resolve[place] ?? hostname);
};

const createProbe = async (
  { probe, probeCount: countPath }: VerifyOptions,
  transport: Transport,
): Promise<Probe | undefined> => {
  if (probe === undefined) return undefined;
  if (typeof probe === 'function') return createFunctionProbe(probe);
  const counter = await createCounter(countPath);
  return 'url' in probe
    ? createHttpProbe(probe.url, { transport, counter })
    : createCommandProbe(probe.command, { counter });
};

const createState = async (
  { state }: VerifyOptions,
  transport: Transport,
  probe: Probe | undefined,
): Promise<StateReader | undefined> => {
  if (state === undefined) return undefined;
  if (typeof state === 'function') return createStateFunctionReader(state);
  if (typeof state !== 'string') {
    const counter = await createCounter(undefined);
    return createStateReader(createHttpProbe(state.url, { transport, counter }), state.path);
  }
  if (probe !== undefined) return createStateReader(probe, state);
  throw new HookproofError(
    'invalid_argument',
    say`the state has no answer to be found in`,
    say`add --probe, or --state-url with the URL that shows it`,
  );
};
