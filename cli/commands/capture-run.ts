import { setTimeout } from 'node:timers/promises';
import { deferred, loadCapture } from '../../simulator/index.js';
import type { CapturedDelivery, Incoming, Reply } from '../../simulator/index.js';
import { createForward } from '../capture/forward.js';
import { createCaptureLog } from '../capture/log.js';
import { exitCodes } from '../exit-codes.js';
import { Interrupted, watchForInterruption } from '../interrupt.js';
import type { Resolution } from '../parse.js';
import { givenKey, requireReceiverUrl } from '../target.js';
import { say } from '../../language/say.js';

/** The options as commander hands them over. */
export interface CaptureFlags {
  readonly port: number;
  readonly host: string;
  readonly out: string;
  readonly key?: string;
  readonly full: boolean;
  readonly rotateSize: number;
  readonly keep: number;
  readonly maxBody: number;
  readonly status: number;
  readonly latency?: number;
  readonly forward?: string;
  readonly count?: number;
  readonly insecure: boolean;
  readonly resolve?: Resolution;
  readonly allowHost?: readonly string[];
}

/** Runs `hookproof capture` until it is interrupted or has enough, and tells its exit code. */
export const runCapture = async (flags: CaptureFlags): Promise<number> => {
  const answer = await answerOf(flags);
  const { openJournal, startCaptureReceiver } = await loadCapture();
  const journal = await openJournal({
    folder: flags.out,
    rotateBytes: flags.rotateSize,
    keep: flags.keep,
  });
  const interruption = watchForInterruption();
  const log = createCaptureLog();
  const enough = deferred<undefined>();
  let captured = 0;
  const store = async (delivery: CapturedDelivery): Promise<void> => {
    await journal.append(JSON.stringify(delivery));
    captured += 1;
    log.captured(delivery);
    if (captured === flags.count) enough.resolve(undefined);
  };
  try {
    const receiver = await startCaptureReceiver(
      {
        keep: { full: flags.full, key: givenKey(flags.key) },
        bodyBytesMax: flags.maxBody,
        answer,
        store,
        onFault: enough.reject,
      },
      flags,
    );
    try {
      const host = flags.host.includes(':') ? `[${flags.host}]` : flags.host;
      const url = `http://${host}:${receiver.port}`;
      process.stdout.write(`${JSON.stringify({ ready: true, url })}\n`);
      process.stderr.write(say`capturing on ${url} into ${journal.file()}; Ctrl-C ends it\n`);
      await interruption.or(enough.promise);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    } finally {
      await receiver.close();
    }
    log.end(say`${captured} captured, the last into ${journal.file()}`);
    return exitCodes.passed;
  } finally {
    interruption.end();
    await journal.close();
  }
};

const answerOf = async (flags: CaptureFlags): Promise<(incoming: Incoming) => Promise<Reply>> => {
  const { status, latency, forward, insecure, allowHost = [], resolve = {} } = flags;
  const answer =
    forward === undefined
      ? async (): Promise<Reply> => ({ status, headers: [], body: new Uint8Array() })
      : await createForward(requireReceiverUrl(forward), {
          insecure,
          allowedHosts: allowHost,
          resolve,
        });
  if (latency === undefined) return answer;
  return async (incoming) => {
    await setTimeout(latency);
    return answer(incoming);
  };
};
