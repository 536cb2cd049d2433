import { withoutPassword } from '../../../simulator/index.js';
import { connect } from 'node:net';
import type { ProxySeen, Target } from '../seen.js';
import { holdLine } from './line.js';

type Env = Readonly<Record<string, string | undefined>>;

const PATIENCE_MS = 1500;

/** A proxy's URL may be written without its scheme. */
const readProxy = (text: string): URL | undefined => {
  const whole = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(whole) ? new URL(whole) : undefined;
};

/** NO_PROXY as curl reads it: names and their subdomains, addresses, `*`; a port may follow. */
const isExcluded = (host: string, port: number, list: string): boolean =>
  list
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .some((one) => {
      if (one === '*') return true;
      const [, name = one, onPort] = /^(.*?)(?::(\d+))?$/.exec(one) ?? [];
      if (onPort !== undefined && Number(onPort) !== port) return false;
      const plain = name.replace(/^\*?\./, '').toLowerCase();
      return host === plain || host.endsWith(`.${plain}`);
    });

const portOfProxy = (url: URL): number =>
  Number(url.port) ||
  (url.protocol === 'https:' ? 443 : url.protocol.startsWith('socks') ? 1080 : 80);

const openProxy = async (url: URL) =>
  new Promise<ReturnType<typeof holdLine> | undefined>((resolve) => {
    const socket = connect(portOfProxy(url), url.hostname.replace(/^\[|\]$/g, ''));
    const timer = setTimeout(() => socket.destroy(new Error('timed out')), PATIENCE_MS);
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(holdLine(socket));
    });
  });

/** Every proxy that the environment names, and whether something listens there. */
export const seeProxies = async (env: Env, target: Target): Promise<readonly ProxySeen[]> => {
  const noProxy = env['NO_PROXY'] ?? env['no_proxy'] ?? '';
  const excluded = isExcluded(target.host.toLowerCase(), target.port, noProxy);
  const scheme = target.secure ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const variables = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']
    .flatMap((name) => [name, name.toLowerCase()])
    .filter((name) => (env[name] ?? '').trim() !== '');
  return Promise.all(
    variables.map(async (variable) => {
      const url = readProxy((env[variable] ?? '').trim());
      const line = url === undefined ? undefined : await openProxy(url);
      line?.close();
      const meant = [scheme, 'ALL_PROXY'].includes(variable.toUpperCase());
      return {
        variable,
        url: url === undefined ? 'no URL' : withoutPassword(url.href).replace(/\/$/, ''),
        applies: meant && !excluded,
        alive: line !== undefined,
      };
    }),
  );
};

/**
 * Whether a proxy leads to a target that does not answer directly. It is asked for a HEAD, or for a
 * tunnel where the target speaks TLS; nothing is posted.
 */
export const reachesByProxy = async (
  env: Env,
  { variable }: ProxySeen,
  { secure, host, port, path }: Target,
): Promise<boolean> => {
  const url = readProxy((env[variable] ?? '').trim());
  if (url?.protocol !== 'http:') return false;
  const line = await openProxy(url);
  if (line === undefined) return false;
  const where = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const login = decodeURIComponent(`${url.username}:${url.password}`);
  const access =
    url.username === ''
      ? ''
      : `Proxy-Authorization: Basic ${Buffer.from(login).toString('base64')}\r\n`;
  line.write(
    `${secure ? `CONNECT ${where}` : `HEAD http://${where}${path}`} HTTP/1.1\r\nHost: ${where}\r\n${access}Connection: close\r\n\r\n`,
  );
  await line.until((heard) => heard.includes('\n'), PATIENCE_MS * 2);
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(line.heard())?.[1] ?? 0);
  line.close();
  if (secure) return status >= 200 && status < 300;
  return status >= 200 && ![403, 407, 502, 503, 504].includes(status);
};
