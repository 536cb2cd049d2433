import { contractCases, planReceiver, selectCases, verifyReceiver } from '../../contracts/index.js';
import type { KeyField, RunResult, VerifyOptions } from '../../contracts/index.js';
import { HookproofError, nearest, products } from '../../simulator/index.js';
import { plannedDemo, startDemo } from '../demo.js';
import { exitCodeOfRun } from '../exit-codes.js';
import { watchForInterruption } from '../interrupt.js';
import type { ReportTarget } from '../parse.js';
import { formatPlan } from '../plan.js';
import { createProgress } from '../progress.js';
import { prepareReports } from '../reports.js';
import { version } from '../version.js';
import { commandAgain, withoutPassword } from './again.js';
import type { DecidingFlags } from './again.js';

/** The options as commander hands them over. */
export interface VerifyFlags extends DecidingFlags {
  readonly key?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly strict: boolean;
  readonly idempotencyKey: KeyField;
  readonly seed?: number;
  readonly report?: readonly ReportTarget[];
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
  const interruption = watchForInterruption();
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
      reproduce: (id) => commandAgain(url, flags, { id, seed }),
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
    const onProgress: VerifyOptions['onProgress'] = (done, total, what) => {
      // Wrong usage was told by now, on a line of its own.
      if (done === 0) process.stderr.write(announcement(target.url, seed));
      progress.show(done, total, what);
    };
    const result: RunResult = await interruption
      .or(verifyReceiver(target.url, { ...options, onProgress }))
      .finally(progress.clear);
    await reports.write(result);
    return exitCodeOfRun(result);
  } finally {
    await target.close();
    interruption.end();
  }
};

const announcement = (url: string, seed: number): string =>
  `hookproof ${version()}  seed ${seed}  ${withoutPassword(url)}\n`;

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
