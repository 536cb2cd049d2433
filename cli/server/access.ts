import { HookproofError } from '../../simulator/index.js';
import type { TargetGuard } from '../../simulator/index.js';
import { drawToken } from './data-folder.js';
import { requireWebUrl, variable } from './environment.js';
import type { WantedHook } from './hook.js';
import { requireTokenFor } from './listening.js';
import { wrong } from './wrong.js';
import { say } from '../../language/say.js';

/** What opens the control API, and the file in which a drawn one lies. */
export interface Access {
  readonly token: string;
  readonly file: string | undefined;
}

/**
 * The control token: as given, in the environment, or drawn and kept in the data folder.
 *
 * @throws {HookproofError} `invalid_argument` where other machines could come without one
 */
export const findAccess = async (flags: {
  readonly host: string;
  readonly data: string;
  readonly controlToken?: string;
}): Promise<Access> => {
  const given = flags.controlToken ?? variable('HOOKPROOF_CONTROL_TOKEN');
  if (given === '') throw wrong(say`--control-token is empty`, say`leave it out to have one drawn`);
  requireTokenFor(flags.host, given);
  return given === undefined ? drawToken(flags.data) : { token: given, file: undefined };
};

/**
 * What `--hook` asks for, if it is there.
 *
 * @throws {HookproofError} `invalid_argument` for no URL, no key, or options without a hook
 */
export const wantedHook = (flags: {
  readonly hook?: string;
  readonly key?: string;
  readonly eventType?: string;
}): WantedHook | undefined => {
  const { hook, key, eventType } = flags;
  if (hook === undefined) {
    const stray = key === undefined ? '--event-type' : '--key';
    if (key === undefined && eventType === undefined) return undefined;
    throw wrong(say`${stray} has no hook to go with`, say`add --hook with the URL of the receiver`);
  }
  const found = key ?? variable('HOOKPROOF_KEY') ?? '';
  if (found === '') {
    throw wrong(say`the signing key is missing`, say`give it with --key or in HOOKPROOF_KEY`);
  }
  return { url: requireWebUrl('--hook', hook), key: found, eventType };
};

/**
 * Refuses a receiver that the guard would refuse at each delivery. A host that is not found yet may
 * still come.
 *
 * @throws {HookproofError} `target_refused`
 */
export const requireAllowed = async (guard: TargetGuard, url: string): Promise<void> => {
  try {
    await guard(new URL(url));
  } catch (error) {
    if (error instanceof HookproofError) throw error;
  }
};
