import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import type { ConnectSeen, EnvironmentSeen, NameSeen, ReachSeen } from '../seen.js';
import type { Bench } from './bench.js';
import { holdLine } from './line.js';
import { findListener } from './listener.js';
import { reachesByProxy } from './proxies.js';

const CONNECT_MS = 5000;
/** A port that something listens on locally answers at once. */
const NEAR_MS = 500;

/** Where web frameworks listen when nobody says otherwise. */
const USUAL_PORTS = [3000, 3001, 4000, 5000, 8000, 8080, 8787] as const;

const LOOPBACK = ['127.0.0.1', '::1'] as const;

const outcomeOf = (code: string): ConnectSeen['outcome'] => {
  if (code === 'ECONNREFUSED') return 'refused';
  // Only what has taken a connection can reset it.
  if (code === 'ECONNRESET') return 'open';
  if (code === 'ETIMEDOUT') return 'timeout';
  return code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT' ? 'unavailable' : 'unreachable';
};

const tryAddress = async (
  address: string,
  port: number,
  patienceMs: number,
): Promise<Pick<ConnectSeen, 'outcome' | 'code' | 'tookMs'>> =>
  new Promise((resolve) => {
    const startedAt = performance.now();
    const socket = connect({ host: address, port });
    const end = (outcome: ConnectSeen['outcome'], code: string): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ outcome, code, tookMs: performance.now() - startedAt });
    };
    const timer = setTimeout(() => end('timeout', 'ETIMEDOUT'), patienceMs);
    socket.once('connect', () => end('open', ''));
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const code = error.code ?? error.message;
      end(outcomeOf(code), code);
    });
  });

const answersHttp = async (address: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: address, port });
    const line = holdLine(socket);
    line.write(`HEAD / HTTP/1.1\r\nHost: ${address}:${port}\r\nConnection: close\r\n\r\n`);
    void line
      .until((heard) => heard.startsWith('HTTP/'), NEAR_MS)
      .then((end) => {
        line.close();
        resolve(end === 'met');
      });
  });

const isLoopback = (address: string): boolean => /^(?:127\.|::1$)/.test(address);

/** Connects to each address, and looks around where nothing is open. */
export const observeReach = async (
  { target, env }: Bench,
  name: Extract<NameSeen, { kind: 'found' }>,
  environment: EnvironmentSeen,
): Promise<ReachSeen> => {
  const { port } = target;
  const named = name.addresses;
  const local = target.host === 'localhost' || target.host.endsWith('.localhost');
  const twins = local && !name.given ? LOOPBACK.filter((one) => !named.includes(one)) : [];
  const connects = await Promise.all(
    [...named, ...twins].map(async (address): Promise<ConnectSeen> => ({
      address,
      family: isIP(address) === 6 ? 6 : 4,
      named: named.includes(address),
      ...(await tryAddress(address, port, CONNECT_MS)),
    })),
  );
  const first = named[0] ?? '127.0.0.1';
  const near = isLoopback(first);
  if (connects.some((one) => one.outcome === 'open')) {
    const listener = near ? await findListener(port) : undefined;
    return { connects, listener, otherPorts: [], host: undefined, proxies: [] };
  }
  const candidates = USUAL_PORTS.filter((one) => one !== port);
  const answering = await Promise.all(candidates.map(async (one) => answersHttp(first, one)));
  return {
    connects,
    listener: undefined,
    otherPorts: candidates.filter((_port, index) => answering[index] === true),
    host: near && environment.container !== undefined ? await seeHost(port) : undefined,
    proxies: await Promise.all(
      environment.proxies
        .filter(({ applies, alive }) => applies && alive)
        .map(async (one) => ({ ...one, reaches: await reachesByProxy(env, one, target) })),
    ),
  };
};

/** Names by which containers know the machine that they run on. */
const HOST_NAMES = ['host.docker.internal', 'host.containers.internal'] as const;

const seeHost = async (port: number): Promise<ReachSeen['host']> => {
  for (const name of HOST_NAMES) {
    const found = await lookup(name).catch(() => undefined);
    if (found === undefined) continue;
    const { outcome } = await tryAddress(found.address, port, NEAR_MS);
    return { name, open: outcome === 'open' };
  }
  return undefined;
};
