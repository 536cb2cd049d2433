import { withoutPassword } from '../../simulator/index.js';
import type { Header, Resolution } from '../parse.js';
import { quote } from '../quote.js';

/** The options that decide what a case finds, as they were given. The key is none of them. */
export interface DecidingFlags {
  readonly demo?: string | true;
  readonly probe?: string;
  readonly probeCmd?: string;
  readonly probeCount?: string;
  readonly probeSettle: number;
  readonly sinkListen?: number;
  readonly state?: string;
  readonly stateUrl?: string;
  readonly peer?: string;
  readonly restartCmd?: string;
  readonly receiverClock?: string;
  readonly pollUrl?: string;
  readonly pollCmd?: string;
  readonly apiListen?: number;
  readonly rekeyCmd?: string;
  readonly outageCmd?: string;
  readonly products?: readonly string[];
  readonly contentType: string;
  readonly idempotencyKey: string;
  readonly concurrency: number;
  readonly timeout: number;
  readonly header?: readonly Header[];
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly allowHost?: readonly string[];
}

const option = (name: string, ...values: readonly (string | undefined)[]): readonly string[] =>
  values.flatMap((value) => (value === undefined ? [] : [name, value]));

const hidden = (url: string | undefined): string | undefined =>
  url === undefined ? undefined : withoutPassword(url);

const unless = <Value>(usual: Value, value: Value, unit = ''): string | undefined =>
  value === usual ? undefined : `${String(value)}${unit}`;

/** A command that runs one case again, without what may hold a secret: headers, a probe's command. */
export const commandAgain = (
  url: string | undefined,
  flags: DecidingFlags,
  { id, seed }: { readonly id: string; readonly seed: number },
): string => {
  const { demo, probe, probeCmd, probeCount, sinkListen, products, header, resolve } = flags;
  const receiver =
    url === undefined
      ? [`--demo${typeof demo === 'string' ? `=${demo}` : ''}`]
      : [withoutPassword(url)];
  return [
    'hookproof',
    'verify',
    ...receiver,
    ...option('--probe', probe === undefined ? undefined : withoutPassword(probe)),
    ...option('--probe-cmd', probeCmd === undefined ? undefined : '…'),
    ...option('--probe-count', probeCount),
    ...option('--probe-settle', unless(1000, flags.probeSettle, 'ms')),
    ...option('--sink-listen', sinkListen === undefined ? undefined : String(sinkListen)),
    ...option('--state', flags.state),
    ...option('--state-url', hidden(flags.stateUrl)),
    ...option('--peer', hidden(flags.peer)),
    ...option('--restart-cmd', flags.restartCmd === undefined ? undefined : '…'),
    ...option('--receiver-clock', hidden(flags.receiverClock)),
    ...option('--poll-url', hidden(flags.pollUrl)),
    ...option('--poll-cmd', flags.pollCmd === undefined ? undefined : '…'),
    ...option('--api-listen', flags.apiListen === undefined ? undefined : String(flags.apiListen)),
    ...option('--rekey-cmd', flags.rekeyCmd === undefined ? undefined : '…'),
    ...option('--outage-cmd', flags.outageCmd === undefined ? undefined : '…'),
    ...option('--products', products?.join(',')),
    ...option('--content-type', unless('application/jwt', flags.contentType)),
    ...option('--idempotency-key', unless('id', flags.idempotencyKey)),
    ...option('--concurrency', unless(16, flags.concurrency)),
    ...option('--timeout', unless(3000, flags.timeout, 'ms')),
    ...option('--header', ...(header ?? []).map(([name]) => `${name}: …`)),
    ...(flags.insecure ? ['--insecure'] : []),
    ...option('--resolve', ...Object.entries(resolve ?? {}).map((one) => one.join(':'))),
    ...option('--allow-host', ...(flags.allowHost ?? [])),
    ...option('--only', id),
    ...option('--seed', String(seed)),
  ]
    .map(quote)
    .join(' ');
};
