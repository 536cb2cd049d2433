import { diagnoseReceiver } from '../../contracts/index.js';
import type { DoctorResult, DoctorVerdict } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import type { Header, Resolution } from '../parse.js';
import { createProgress } from '../progress.js';
import { terminalOf } from '../terminal.js';
import { givenKey } from '../target.js';
import { version } from '../version.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface DoctorFlags {
  readonly key?: string;
  readonly deliveries: boolean;
  readonly wait?: number;
  readonly json: boolean;
  readonly contentType: string;
  readonly timeout: number;
  readonly header?: readonly Header[];
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly allowHost?: readonly string[];
}

const EXITS: Readonly<Record<DoctorVerdict, number>> = {
  clear: exitCodes.passed,
  broken: exitCodes.broken,
  unreachable: exitCodes.noVerdict,
  interrupted: exitCodes.interrupted,
};

/** Runs `hookproof doctor` and tells its exit code. */
export const runDoctor = async (url: string | undefined, flags: DoctorFlags): Promise<number> => {
  if (url === undefined) {
    throw new HookproofError(
      'invalid_argument',
      say`no receiver is named`,
      say`give its URL, as http://localhost:3000/webhooks/truora`,
    );
  }
  const key = givenKey(flags.key);
  const interruption = new AbortController();
  const stop = (): void => interruption.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const progress = createProgress(process.stderr, say`checks done`);
  const waiting = createProgress(process.stderr, say`s waited until it is ready`);
  try {
    const result = await diagnoseReceiver(url, {
      ...(key === undefined ? {} : { key }),
      deliveries: flags.deliveries,
      ...(flags.wait === undefined ? {} : { waitMs: flags.wait }),
      contentType: flags.contentType,
      timeoutMs: flags.timeout,
      headers: flags.header ?? [],
      insecure: flags.insecure,
      resolve: flags.resolve ?? {},
      allowedHosts: flags.allowHost ?? [],
      env: process.env,
      version: version(),
      signal: interruption.signal,
      onWait: (waitedMs, waitMs) =>
        waiting.show(Math.round(waitedMs / 1000), Math.round(waitMs / 1000), ''),
      onProgress: progress.show,
    }).finally(progress.clear);
    process.stdout.write(
      flags.json ? `${JSON.stringify(result, null, 2)}\n` : await render(result),
    );
    return EXITS[result.verdict];
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
};

const render = async (result: DoctorResult): Promise<string> => {
  const { renderDoctorConsole } = await import('../../contracts/report/doctor/console.js');
  return renderDoctorConsole(result, terminalOf(process.stdout));
};
