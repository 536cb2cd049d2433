import type { KeyField, VerifyOptions } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import { createControls } from '../controls.js';
import { plannedDemo, startDemo } from '../demo.js';
import { requireKey, requireReceiverUrl } from '../target.js';
import { version } from '../version.js';
import type { DecidingFlags } from './again.js';
import { say } from '../../language/say.js';

/** Where to send, under which key, and where the effects show. */
export interface Target {
  readonly url: string;
  readonly key: string;
  readonly probe: VerifyOptions['probe'] | undefined;
  readonly close: () => Promise<void>;
}

/** What decides where to send and where to look. */
export type TargetFlags = Pick<
  DecidingFlags,
  'demo' | 'probe' | 'probeCmd' | 'probeCount' | 'pollUrl' | 'pollCmd' | 'apiListen'
> & { readonly key?: string | undefined; readonly dryRun: boolean };

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** The library's options for what was given on the command line. */
export const verifyOptions = (
  target: Target,
  flags: DecidingFlags,
  seed: number,
): VerifyOptions => {
  const rules = { allowedHosts: flags.allowHost ?? [], resolve: flags.resolve ?? {} };
  const { insecure, probeCount, sinkListen, peer, products } = flags;
  return {
    ...rules,
    insecure,
    seed,
    key: target.key,
    probeSettleMs: flags.probeSettle,
    contentType: flags.contentType,
    idempotencyKey: flags.idempotencyKey as KeyField,
    concurrency: flags.concurrency,
    timeoutMs: flags.timeout,
    headers: flags.header ?? [],
    version: version(),
    controls: createControls(flags, { ...rules, insecure }),
    ...stateOf(flags),
    ...apiOf(flags),
    ...(target.probe === undefined ? {} : { probe: target.probe }),
    ...(probeCount === undefined ? {} : { probeCount }),
    ...(sinkListen === undefined ? {} : { sinkPort: sinkListen }),
    ...(peer === undefined ? {} : { peer: requireUrl('--peer', peer) }),
    ...(products === undefined ? {} : { products }),
  };
};

const stateOf = ({ state, stateUrl }: DecidingFlags): Pick<VerifyOptions, 'state'> => {
  if (state === undefined) {
    if (stateUrl === undefined) return {};
    throw wrong(
      say`--state-url has no path to look for`,
      say`add --state, such as --state $.status`,
    );
  }
  return { state: stateUrl === undefined ? state : { path: state, url: stateUrl } };
};

/** A receiver that is told the API's address may be given a free port; others know it already. */
const apiOf = ({ pollUrl, pollCmd, apiListen }: DecidingFlags): Pick<VerifyOptions, 'apiPort'> => {
  if (apiListen !== undefined) return { apiPort: apiListen };
  const poll = pollUrl ?? pollCmd;
  if (poll === undefined) return {};
  if (poll.includes('{apiUrl}')) return { apiPort: 0 };
  throw wrong(
    say`the receiver is to poll, and nothing says where`,
    say`add --api-listen <port> with the port that it asks, or put {apiUrl} into --poll-url`,
  );
};

const requireUrl = (option: string, url: string): string => {
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  throw wrong(say`${option} '${url}' is no http or https URL`, say`write it whole`);
};

/** The receiver to ask: the one at the URL, or the one that comes along. */
export const findTarget = async (
  url: string | undefined,
  flags: TargetFlags,
  seed: number,
): Promise<Target> => {
  if (flags.pollUrl !== undefined && flags.pollCmd !== undefined) {
    throw wrong(say`both --poll-url and --poll-cmd are given`, say`leave one of them out`);
  }
  if (flags.demo !== undefined) {
    if (url !== undefined) {
      throw wrong(say`both a URL and --demo are given`, say`leave one of them out`);
    }
    if (flags.dryRun) return plannedDemo(seed);
    return startDemo(flags.demo === true ? undefined : flags.demo, seed);
  }
  if (url === undefined) {
    throw wrong(
      say`no receiver is named`,
      say`give its URL, or use --demo for one that comes along`,
    );
  }
  const key = requireKey(flags.key);
  requireReceiverUrl(url);
  return { url, key, probe: probeOf(flags), close: async () => undefined };
};

const probeOf = ({ probe, probeCmd, probeCount }: TargetFlags): VerifyOptions['probe'] => {
  if (probe !== undefined && probeCmd !== undefined) {
    throw wrong(say`both --probe and --probe-cmd are given`, say`leave one of them out`);
  }
  if (probe !== undefined && !URL.canParse(probe.replaceAll(/\{\w+\}/g, 'x'))) {
    throw wrong(say`--probe '${probe}' is no URL`, say`write it whole, with {eventId} in it`);
  }
  if (probeCount !== undefined && probe === undefined && probeCmd === undefined) {
    throw wrong(say`--probe-count has no probe to count in`, say`add --probe or --probe-cmd`);
  }
  if (probe !== undefined) return { url: probe };
  return probeCmd === undefined ? undefined : { command: probeCmd };
};
