/** What `serve` and `worker` stand on alike: a guarded transport, a mailer and a log. */
import { createHttpTransport, createTargetGuard, loadStandIn } from '../../simulator/index.js';
import type { StandInOptions, TargetGuard } from '../../simulator/index.js';
import { variable } from './environment.js';
import type { ProcessFlags } from './process-options.js';

/** Servers close idle connections after five seconds or more. */
const KEPT_IDLE_MS = 1000;

export interface Ground extends Pick<
  StandInOptions,
  'transport' | 'mailer' | 'secret' | 'concurrency' | 'jitter' | 'log'
> {
  readonly guard: TargetGuard;
}

/** @throws {HookproofError} `invalid_argument` for an SMTP_URL or a sender that cannot be one */
export const layGround = async (flags: ProcessFlags): Promise<Ground> => {
  const { createLog, loadSmtp } = await loadStandIn();
  const { allowHost = [], resolve = {}, insecure, from, concurrency, jitter, logLevel } = flags;
  const guard = createTargetGuard({ allowedHosts: allowHost, resolve });
  const url = variable('SMTP_URL');
  return {
    guard,
    transport: createHttpTransport({ guard, insecure, keptIdleMs: KEPT_IDLE_MS }),
    mailer: url === undefined ? undefined : (await loadSmtp()).createSmtpMailer({ url, from }),
    secret: variable('HOOKPROOF_SECRET'),
    concurrency,
    jitter,
    log: createLog({
      level: logLevel,
      form: process.stderr.isTTY ? 'lines' : 'json',
      write: (line) => void process.stderr.write(line),
    }),
  };
};
