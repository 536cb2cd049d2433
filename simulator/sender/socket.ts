import { connect as connectTcp, isIP } from 'node:net';
import type { OnReadOpts, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { deferred } from '../core/deferred.js';
import { CONNECT_TIMEOUT_MS, pinnedLookup } from './connect.js';
import type { HttpOptions } from './http.js';
import { portOf } from './targets.js';

/**
 * Connects to a URL's host, if the guard allows it; `late` says when it is too late for that. What
 * comes over plain TCP is read into `onread`'s buffer, where there is one; TLS has it as `data`.
 */
export const openSocket = async (
  url: URL,
  { guard, insecure }: HttpOptions,
  late?: Promise<undefined>,
  onread?: OnReadOpts,
): Promise<Socket> => {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const where = { host, port: portOf(url), lookup: pinnedLookup(await guard(url)) };
  const secure = url.protocol === 'https:';
  const servername = isIP(host) === 0 ? { servername: host } : {};
  const socket = secure
    ? connectTls({ ...where, ...servername, rejectUnauthorized: !insecure })
    : connectTcp(onread === undefined ? where : { ...where, onread });
  socket.setNoDelay(true);
  const opened = deferred<Socket>();
  let standing = false;
  const giveUp = (): void => {
    if (standing) return;
    socket.destroy(Object.assign(new Error('connection timed out'), { code: 'ETIMEDOUT' }));
  };
  const timer = setTimeout(giveUp, CONNECT_TIMEOUT_MS);
  void late?.then(giveUp);
  socket.once(secure ? 'secureConnect' : 'connect', () => {
    standing = true;
    opened.resolve(socket);
  });
  socket.once('error', opened.reject);
  try {
    return await opened.promise;
  } finally {
    clearTimeout(timer);
  }
};
