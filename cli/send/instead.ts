/** What send prints when it is asked not to send: the request as a command, or the body alone. */
import { HookproofError } from '../../simulator/index.js';
import type { DeliveryPolicy } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { requireReceiverUrl } from '../target.js';
import type { Body } from './body.js';
import { curlCommand } from './curl.js';
import type { SendFlags } from './flags.js';
import type { PlannedDelivery } from './plan.js';
import { say } from '../../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

export const printInstead = (
  plan: readonly PlannedDelivery[],
  options: {
    readonly url: string | undefined;
    readonly flags: SendFlags;
    readonly seed: number;
    readonly policy: DeliveryPolicy;
    readonly sign: (body: Body) => string;
  },
): number => {
  const { url, flags, seed, policy, sign } = options;
  const [only, ...more] = plan;
  if (only === undefined || more.length > 0) {
    throw wrong(
      say`${flags.curl ? '--curl' : '--print-token'} is about one delivery, and there are ${plan.length}`,
      say`name one event, or put all of them into it with --batch`,
    );
  }
  if (flags.printToken) {
    process.stdout.write(sign(only.make(Date.now())));
    return exitCodes.passed;
  }
  if (url === undefined) throw wrong(say`no receiver is named`, say`give its URL`);
  if (flags.key !== undefined) {
    process.stderr.write(say`hookproof: the command takes the key from HOOKPROOF_KEY\n`);
  }
  process.stdout.write(
    curlCommand(
      {
        url: requireReceiverUrl(url),
        headers: [['Content-Type', flags.contentType], ...(flags.header ?? [])],
        timeoutMs: policy.timeoutMs,
        redirectsMax: policy.redirectsMax,
        insecure: flags.insecure,
        resolve: flags.resolve ?? {},
      },
      argumentsAgain(flags, seed),
    ),
  );
  return exitCodes.passed;
};

/** What decides the body, so that the same comes again. */
const argumentsAgain = (flags: SendFlags, seed: number): readonly string[] => {
  const option = (name: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [name, value];
  return [
    ...option('--event', flags.event),
    ...option('--lifecycle', flags.lifecycle),
    ...option('--actions', flags.actions?.join(',')),
    ...(flags.all ? ['--all'] : []),
    ...option('--body', flags.body),
    ...(flags.set ?? []).flatMap(({ path, value, isText }) => [
      '--set',
      isText ? `${path}=${String(value)}` : `${path}:=${JSON.stringify(value)}`,
    ]),
    ...option('--batch', flags.batch === 1 ? undefined : String(flags.batch)),
    ...option('--seed', String(seed)),
  ];
};
