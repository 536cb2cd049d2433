import { isIPv6 } from 'node:net';
import { wrong } from './wrong.js';
import { say } from '../../language/say.js';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;
const EVERYWHERE = ['0.0.0.0', '::'];

/**
 * Others than this machine may only come with a token that its user chose.
 *
 * @throws {HookproofError} `invalid_argument` for another host without one
 */
export const requireTokenFor = (host: string, controlToken: string | undefined): void => {
  if (LOOPBACK.test(host) || controlToken !== undefined) return;
  throw wrong(
    say`--host ${host} lets other machines in, and no control token is given`,
    say`give one with --control-token or in HOOKPROOF_CONTROL_TOKEN`,
  );
};

/** Where this machine reaches what listens there. */
export const urlOf = (host: string, port: number): string => {
  const near = EVERYWHERE.includes(host) ? '127.0.0.1' : host;
  return `http://${isIPv6(near) ? `[${near}]` : near}:${port}`;
};
