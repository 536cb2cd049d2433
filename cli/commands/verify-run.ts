import { contractCases, planReceiver, selectCases, verifyReceiver } from '../../contracts/index.js';
import type { KeyField, RunResult, VerifyOptions } from '../../contracts/index.js';
import { HookproofError, nearest, products } from '../../simulator/index.js';
import { plannedDemo, startDemo } from '../demo.js';
import { exitCodeOfRun } from '../exit-codes.js';
import { untilInterrupted } from '../interrupt.js';
import type { Header, ReportTarget, Resolution } from '../parse.js';
import { formatPlan } from '../plan.js';
import { createProgress } from '../progress.js';
import { prepareReports } from '../reports.js';
import { version } from '../version.js';

/** The options as commander hands them over. */
export interface VerifyFlags {
  readonly demo?: string | true;
  readonly key?: string;
  readonly probe?: string;
  readonly probeCmd?: string;
  readonly probeCount?: string;
  readonly probeSettle: number;
  readonly sinkListen?: number;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly strict: boolean;
  readonly products?: readonly string[];
  readonly contentType: string;
  readonly idempotencyKey: KeyField;
  readonly seed?: number;
  readonly report?: readonly ReportTarget[];
  readonly concurrency: number;
  readonly timeout: number;
  readonly header?: readonly Header[];
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly allowHost?: readonly string[];
  readonly dryRun: boolean;
}

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** Where to send, under which key, and where the effects show. */
interface Target {
  readonly url: string;
  readonly key: string;
  readonly probe: VerifyOptions['probe'] | undefined;
  readonly close: () => Promise<void>;
}

/** Runs `hookproof verify` and tells its exit code. */
export const runVerify = async (url: string | undefined, flags: VerifyFlags): Promise<number> => {
  const choice = { only: flags.only ?? [], skip: flags.skip ?? [] };
  selectCases(contractCases, choice);
  checkProducts(flags.products ?? []);
  const reports = await prepareReports(flags.report ?? []);
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 32);
  const target = await findTarget(url, flags, seed);
  try {
    const options: VerifyOptions = {
      ...choice,
      key: target.key,
      probeSettleMs: flags.probeSettle,
      strict: flags.strict,
      contentType: flags.contentType,
      idempotencyKey: flags.idempotencyKey,
      seed,
      concurrency: flags.concurrency,
      timeoutMs: flags.timeout,
      insecure: flags.insecure,
      headers: flags.header ?? [],
      allowedHosts: flags.allowHost ?? [],
      resolve: flags.resolve ?? {},
      version: version(),
      reproduce: (id) => `hookproof verify ${shownTarget(url, flags)} --only ${id} --seed ${seed}`,
      ...(target.probe === undefined ? {} : { probe: target.probe }),
      ...(flags.probeCount === undefined ? {} : { probeCount: flags.probeCount }),
      ...(flags.sinkListen === undefined ? {} : { sinkPort: flags.sinkListen }),
      ...(flags.products === undefined ? {} : { products: flags.products }),
    };
    if (flags.dryRun) {
      process.stdout.write(formatPlan(await planReceiver(target.url, options)));
      return 0;
    }
    const progress = createProgress();
    process.stderr.write(`hookproof ${version()}  seed ${seed}  ${target.url}\n`);
    const result: RunResult = await untilInterrupted(
      verifyReceiver(target.url, { ...options, onProgress: progress.show }),
    ).finally(progress.clear);
    await reports.write(result);
    return exitCodeOfRun(result);
  } finally {
    await target.close();
  }
};

/** How the receiver is named in a command that runs one case again; the key stays out of it. */
const shownTarget = (url: string | undefined, { demo, probe }: VerifyFlags): string =>
  url === undefined
    ? `--demo${demo === true || demo === undefined ? '' : `=${demo}`}`
    : `${url}${probe === undefined ? '' : ` --probe '${probe}'`}`;

const findTarget = async (
  url: string | undefined,
  flags: VerifyFlags,
  seed: number,
): Promise<Target> => {
  if (flags.demo !== undefined) {
    if (url !== undefined) throw wrong('both a URL and --demo are given', 'leave one of them out');
    if (flags.dryRun) return plannedDemo(seed);
    return startDemo(flags.demo === true ? undefined : flags.demo, seed);
  }
  if (url === undefined) {
    throw wrong('no receiver is named', 'give its URL, or use --demo for one that comes along');
  }
  const key = flags.key ?? process.env['HOOKPROOF_KEY'] ?? '';
  if (key === '') {
    throw wrong('the signing key is missing', 'give it with --key or in HOOKPROOF_KEY');
  }
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw wrong(
      `'${url}' is no http or https URL`,
      'write it whole, as http://localhost:3000/hook',
    );
  }
  return { url, key, probe: probeOf(flags), close: async () => undefined };
};

const probeOf = ({ probe, probeCmd, probeCount }: VerifyFlags): VerifyOptions['probe'] => {
  if (probe !== undefined && probeCmd !== undefined) {
    throw wrong('both --probe and --probe-cmd are given', 'leave one of them out');
  }
  if (probe !== undefined && !URL.canParse(probe.replaceAll(/\{\w+\}/g, 'x'))) {
    throw wrong(`--probe '${probe}' is no URL`, 'write it whole, with {eventId} in it');
  }
  if (probeCount !== undefined && probe === undefined && probeCmd === undefined) {
    throw wrong('--probe-count has no probe to count in', 'add --probe or --probe-cmd');
  }
  if (probe !== undefined) return { url: probe };
  return probeCmd === undefined ? undefined : { command: probeCmd };
};

const checkProducts = (wanted: readonly string[]): void => {
  const slugs = products.map(({ slug }) => slug);
  for (const product of wanted) {
    if (slugs.includes(product)) continue;
    const near = nearest(product, slugs);
    throw wrong(
      `no product has the slug '${product}'`,
      near === undefined ? `one of ${slugs.join(', ')}` : `did you mean ${near}?`,
    );
  }
};
