import type { Reply } from '../seen.js';
import { say } from '../../../language/say.js';

/** `3 ms`, `0.3 ms`, `1.2 s`. */
export const duration = (ms: number): string => {
  if (ms < 1) return `${Math.max(0.1, Math.round(ms * 10) / 10)} ms`;
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
};

/** `40 s`, `10 min`, `3 h`, `12 days`. */
export const span = (ms: number): string => {
  const seconds = Math.abs(ms) / 1000;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.round(seconds / 3600)} h`
    : say`${Math.floor(seconds / 86_400)} days`;
};

/** `1 MiB`, `100 KiB`, `73 kB`. */
export const size = (bytes: number): string => {
  if (bytes % (1024 * 1024) === 0) return `${bytes / 1024 / 1024} MiB`;
  if (bytes % 1024 === 0) return `${bytes / 1024} KiB`;
  return bytes < 1000 ? `${bytes} B` : `${Math.round(bytes / 1000)} kB`;
};

/** `status 404`, `no answer (timeout)`. */
export const answerOf = ({ status, failure }: Reply): string =>
  status === undefined ? say`no answer (${failure ?? 'none'})` : say`status ${status}`;

export const isTaken = ({ status = 0 }: Reply): boolean => status >= 200 && status < 300;

/** An address as it stands in a URL. */
export const inUrl = (address: string): string =>
  address.includes(':') ? `[${address}]` : address;

/** The URL with another host, port or scheme, for the user to copy. */
export const urlWith = (
  shown: string,
  change: {
    readonly host?: string;
    readonly port?: number;
    readonly scheme?: 'http' | 'https';
    readonly path?: string;
  },
): string => {
  const [, scheme = '', login = '', host = '', port = '', path = ''] =
    /^(https?):\/\/([^/?#]*@)?(\[[^\]]*\]|[^:/?#]*)(:\d+)?(.*)$/i.exec(shown) ?? [];
  const newPort = change.port === undefined ? port : `:${change.port}`;
  return `${change.scheme ?? scheme}://${login}${change.host ?? host}${newPort}${change.path ?? path}`;
};
