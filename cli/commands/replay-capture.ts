import { HookproofError } from '../../simulator/index.js';
import type { ReplayFlags } from '../replays.js';
import { readBodies } from '../send/body.js';
import { deliver } from './send-run.js';
import { say } from '../../language/say.js';

/** Delivers what was captured once, signed anew, and tells the exit code. */
export const runCaptureReplay = async (file: string, given: ReplayFlags): Promise<number> => {
  const { url, key, header, allowHost, json } = given;
  if (url === undefined) {
    throw new HookproofError(
      'invalid_argument',
      say`${file} does not say where to deliver`,
      say`give the receiver with --url`,
    );
  }
  return deliver(url, await readBodies(file), {
    ...(key === undefined ? {} : { key }),
    ...(header === undefined ? {} : { header }),
    ...(allowHost === undefined ? {} : { allowHost }),
    json,
    all: false,
    count: 1,
    duplicate: 0,
    batch: 1,
    policy: 'documented',
    clock: 1,
    retry: false,
    stayEnabled: true,
    contentType: 'application/jwt',
    insecure: false,
    ndjson: false,
    curl: false,
    printToken: false,
  });
};
