/** One receiver under observation, with a sink whose answers the test decides. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  startReceiver,
  type ReceiverOptions,
  type ReceiverParts,
  type RunningReceiver,
  type RunningReference,
} from '../../fixtures/receivers/reference/index.js';
import { key, sign } from './token.js';

/** How a delivery differs from the usual one. */
export interface PostOptions {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Put in place of the hook's path. */
  readonly path?: string;
  readonly timeoutMs?: number;
}

/** What came back; status 0 when nothing did. */
export interface Reply {
  readonly status: number;
  readonly text: string;
}

/** Sends a body to a receiver. */
export const send = async (
  receiver: RunningReceiver,
  body: string,
  { method = 'POST', headers = {}, path, timeoutMs = 5_000 }: PostOptions = {},
): Promise<Reply> => {
  try {
    const url = path === undefined ? receiver.url : new URL(receiver.url).origin + path;
    const response = await fetch(url, {
      method,
      redirect: 'manual',
      headers: { 'content-type': 'application/jwt', connection: 'close', ...headers },
      signal: AbortSignal.timeout(timeoutMs),
      ...(method !== 'GET' && { body }),
    });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
};

/** How often an event's id occurs in the probe's answer. */
export const countOf = async (receiver: RunningReceiver, id: string): Promise<number> => {
  // A connection that is kept may be closed by the receiver just as it is used again.
  const response = await fetch(receiver.probeUrl.replace('{eventId}', encodeURIComponent(id)), {
    headers: { connection: 'close' },
  });
  return (await response.text()).split(JSON.stringify(id)).length - 1;
};

/** Asks again until the answer is the wanted one or five seconds have passed. */
export const eventually = async <Value>(
  ask: () => Promise<Value>,
  wanted: Value,
): Promise<Value> => {
  const deadline = Date.now() + 5_000;
  for (;;) {
    const value = await ask();
    if (value === wanted || Date.now() > deadline) return value;
    await sleep(20);
  }
};

/** A sink that counts effects. */
export interface Sink {
  readonly url: string;
  readonly countOf: (id: string) => number;
  /** The next effects of this event fail. */
  readonly fail: (id: string, times: number) => void;
  /** Effects of this event wait until the returned function is called. */
  readonly hold: (id: string) => () => void;
  readonly close: () => Promise<void>;
}

/** Starts a sink. */
export const openSink = async (): Promise<Sink> => {
  const seen: string[] = [];
  const failing = new Map<string, number>();
  const held = new Map<string, Promise<void>>();
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const { id } = JSON.parse(text) as { readonly id: string };
    await held.get(id);
    const left = failing.get(id) ?? 0;
    failing.set(id, left - 1);
    if (left <= 0) seen.push(id);
    response.writeHead(left > 0 ? 500 : 204).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    countOf: (id) => seen.filter((one) => one === id).length,
    fail: (id, times) => failing.set(id, times),
    hold: (id) => {
      let release = (): void => {};
      held.set(id, new Promise((resolve) => (release = resolve)));
      return () => release();
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** The bench of a test. */
export interface Lab {
  readonly sink: Sink;
  readonly receiver: () => RunningReference;
  readonly reply: (body: string, options?: PostOptions) => Promise<Reply>;
  readonly post: (body: string, options?: PostOptions) => Promise<number>;
  readonly deliver: (...events: readonly unknown[]) => Promise<number>;
  readonly count: (id: string) => Promise<number>;
  readonly state: (resource: unknown) => Promise<unknown>;
  /** Writes to a fresh connection and answers what comes back within the time. */
  readonly raw: (
    text: string | Uint8Array,
    waitMs?: number,
  ) => Promise<{ text: string; closed: boolean }>;
  readonly restart: (how?: { kill?: boolean; key?: string }) => Promise<void>;
  /** One more instance on the same data directory. */
  readonly another: () => Promise<RunningReference>;
  readonly advance: (ms: number) => void;
  readonly close: () => Promise<void>;
}

/** Starts a receiver with a part replaced or without. */
export const openLab = async (change?: (parts: ReceiverParts) => ReceiverParts): Promise<Lab> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'receiver-'));
  const sink = await openSink();
  let offsetMs = 0;
  const options: ReceiverOptions = {
    key,
    dataDirectory,
    sinkUrl: sink.url,
    nowMs: () => Date.now() + offsetMs,
  };
  let running = await startReceiver(options, change);
  const others: RunningReference[] = [];
  const reply: Lab['reply'] = (body, how) => send(running, body, how);
  return {
    sink,
    receiver: () => running,
    reply,
    post: async (body, how) => (await reply(body, how)).status,
    deliver: async (...events) => (await reply(sign(events))).status,
    count: (id) => countOf(running, id),
    state: async (resource) => {
      const url = running.stateUrl.replace('{resourceId}', String(resource));
      return ((await (await fetch(url)).json()) as { readonly state: unknown }).state;
    },
    raw: async (text, waitMs = 300) => {
      const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
      let received = '';
      socket.on('data', (chunk) => (received += chunk.toString('latin1')));
      socket.on('error', () => undefined);
      const closed = new Promise<boolean>((resolve) => socket.on('close', () => resolve(true)));
      socket.write(text);
      const wasClosed = await Promise.race([closed, sleep(waitMs).then(() => false)]);
      socket.destroy();
      return { text: received, closed: wasClosed };
    },
    restart: async ({ kill = false, key: newKey = key } = {}) => {
      await (kill ? running.kill() : running.close());
      running = await startReceiver({ ...options, key: newKey }, change);
    },
    another: async () => {
      const other = await startReceiver(options, change);
      others.push(other);
      return other;
    },
    advance: (ms) => {
      offsetMs += ms;
    },
    close: async () => {
      for (const one of [running, ...others]) await one.close();
      await sink.close();
      await rm(dataDirectory, { recursive: true, force: true });
    },
  };
};
