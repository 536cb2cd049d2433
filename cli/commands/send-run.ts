import {
  HookproofError,
  createClock,
  createHttpTransport,
  createPolicy,
  createRandom,
  createTargetGuard,
  loadHttpClient,
  withoutPassword,
} from '../../simulator/index.js';
import type { DeliveryPolicy } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { Interrupted, watchForInterruption } from '../interrupt.js';
import { readPolicy } from '../policy-choice.js';
import { type Body, readBodies } from '../send/body.js';
import { type Books, createBooks } from '../send/books.js';
import { printInstead } from '../send/instead.js';
import type { SendFlags } from '../send/flags.js';
import { type PlannedDelivery, planDeliveries } from '../send/plan.js';
import { type SendResult, summarise } from '../send/record.js';
import { createSending } from '../send/sending.js';
import { createExcerpt, createSign } from '../send/sign.js';
import { type View, createJsonView, createNdjsonView, createTextView } from '../send/view.js';
import { givenKey, requireKey, requireReceiverUrl } from '../target.js';
import { version } from '../version.js';
import { say } from '../../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

const PAYLOADS_SHOWN = 5;
const ANSWER_KEPT_BYTES = 4096;

/** Runs `hookproof send` and tells its exit code. */
export const runSend = async (url: string | undefined, flags: SendFlags): Promise<number> => {
  refuseCollisions(flags);
  const bodies = flags.body === undefined ? undefined : await readBodies(flags.body);
  return deliver(url, bodies, flags);
};

/** Delivers what is planned, or these bodies. */
export const deliver = async (
  url: string | undefined,
  bodies: readonly Body[] | undefined,
  flags: SendFlags,
): Promise<number> => {
  const policy = await policyOf(flags);
  const seed = flags.seed ?? Math.floor(Math.random() * 2 ** 32);
  const plan = planDeliveries(flags, bodies, { random: createRandom(seed), nowMs: Date.now() });
  const key = plan.every(({ make }) => make(0).token !== undefined)
    ? (givenKey(flags.key) ?? '')
    : requireKey(flags.key);
  if (flags.curl || flags.printToken) {
    return printInstead(plan, { url, flags, seed, policy, sign: createSign(key) });
  }
  if (url === undefined) throw wrong(say`no receiver is named`, say`give its URL`);
  const target = requireReceiverUrl(url);
  const rules = { allowedHosts: flags.allowHost ?? [], resolve: flags.resolve ?? {} };
  const guard = createTargetGuard(rules);
  // A host that cannot be found is what the attempts will say.
  await guard(new URL(target)).catch((error: unknown) => {
    if (error instanceof HookproofError) throw error;
  });
  await loadHttpClient();
  const clock = createClock(flags.clock);
  const view = viewOf(flags, { policy, clock, plan, books: () => books });
  const books: Books = createBooks({ policy, beginMs: clock.nowMs(), watch: view });
  const sending = createSending(plan, {
    policy,
    clock,
    books,
    everyMs: flags.every,
    retries: flags.retry,
    stayEnabled: flags.stayEnabled,
    sign: createSign(key),
    excerptOf: createExcerpt(key),
    transport: createHttpTransport({ guard, insecure: flags.insecure }),
    request: {
      url: target,
      method: 'POST',
      headers: [['Content-Type', flags.contentType], ...(flags.header ?? [])],
      timeoutMs: policy.timeoutMs,
      redirectsMax: policy.redirectsMax,
      bodyKeptBytes: ANSWER_KEPT_BYTES,
    },
  });
  process.stderr.write(say`hookproof ${version()}  seed ${seed}  ${withoutPassword(target)}\n`);
  const interruption = watchForInterruption();
  let interrupted = false;
  try {
    await interruption.or(sending.run());
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    interrupted = true;
    sending.stop();
  } finally {
    interruption.end();
  }
  const deliveries = books.deliveries();
  const result: SendResult = {
    schemaVersion: 1,
    tool: { name: 'hookproof', version: version() },
    seed,
    target: withoutPassword(target),
    policy,
    speed: flags.clock,
    deliveries,
    window: books.window(clock.nowMs()),
    disabled: books.disabled(),
    summary: summarise(deliveries, { planned: plan.length, interrupted }),
  };
  view.end(result);
  return interrupted ? exitCodes.interrupted : EXIT_CODES[result.summary.verdict];
};

const EXIT_CODES: Readonly<Record<SendResult['summary']['verdict'], number>> = {
  delivered: exitCodes.passed,
  failed: exitCodes.broken,
  unreached: exitCodes.noVerdict,
};

const refuseCollisions = (flags: SendFlags): void => {
  if (flags.json && flags.ndjson) {
    throw wrong(say`both --json and --ndjson are given`, say`choose one`);
  }
  if (flags.curl && flags.printToken) {
    throw wrong(say`both --curl and --print-token are given`, say`choose one`);
  }
  const { event, lifecycle, all, body, actions } = flags;
  if (body !== undefined && (event !== undefined || lifecycle !== undefined || all)) {
    throw wrong(say`--body is given beside events`, say`leave one of them out`);
  }
  if (actions !== undefined && lifecycle === undefined) {
    throw wrong(say`--actions has no lifecycle`, say`add --lifecycle with a product`);
  }
};

const policyOf = async ({ policy, timeout }: SendFlags): Promise<DeliveryPolicy> => {
  const read = await readPolicy(policy);
  return timeout === undefined ? read : createPolicy({ ...read, timeoutMs: timeout });
};

const viewOf = (
  flags: SendFlags,
  {
    plan,
    ...run
  }: {
    readonly policy: DeliveryPolicy;
    readonly clock: ReturnType<typeof createClock>;
    readonly plan: readonly PlannedDelivery[];
    readonly books: () => Books;
  },
): View => {
  if (flags.json) return createJsonView();
  if (flags.ndjson) return createNdjsonView();
  return createTextView({
    ...run,
    speed: flags.clock,
    retries: flags.retry,
    stayEnabled: flags.stayEnabled,
    withPayload: flags.payload ?? plan.length <= PAYLOADS_SHOWN,
  });
};
