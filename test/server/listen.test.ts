import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { HookproofError, deferred } from '../../simulator/index.js';
import { changeRoutes } from '../../simulator/server/api/control/changes.js';
import { serveApi } from '../../simulator/server/api/listen.js';
import { CONTROL, apiOf, shareLab } from './api-lab.js';

const opened = shareLab();

const useServer = async (signal?: AbortSignal) => {
  const lab = opened();
  const served = await serveApi({
    app: lab.api,
    port: 0,
    host: '127.0.0.1',
    ...(signal === undefined ? {} : { signal }),
  });
  onTestFinished(async () => served.close());
  return { ...lab, ...served };
};

/** Reads a stream of changes up to a text. */
const openChanges = async (url: string) => {
  const response = await fetch(`${url}/_hookproof/changes`, { headers: CONTROL });
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    response,
    until: async (wanted: string): Promise<string> => {
      while (!text.includes(wanted)) {
        const { done, value } = await reader.read();
        if (done) throw new Error(`the stream ended before ${wanted}: ${text}`);
        text += value;
      }
      return text;
    },
    ended: async (): Promise<void> => {
      while (!(await reader.read()).done);
    },
    cancel: async () => reader.cancel(),
  };
};

describe('a server', () => {
  test('answers on a port of its own', async () => {
    const { url } = await useServer();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
    const response = await fetch(`${url}/readyz`);
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });

  test('links pages by the address that it was asked at', async () => {
    const { url } = await useServer();
    const response = await fetch(`${url}/events`, { headers: { 'Truora-API-Key': 'right' } });
    expect(await response.json()).toMatchObject({ self: `${url}/v1/hooks/events`, next: '' });
  });

  test('takes bodies whose length is told, is not told, or is nothing', async () => {
    const { url, standIn } = await useServer();
    const hook = await standIn.hooks.create({
      eventType: 'all',
      subscriberType: 'web',
      subscriberUrl: 'http://localhost:3000/hook',
    });
    const post = async (path: string, init: RequestInit = {}) =>
      (
        await fetch(`${url}/_hookproof${path}`, {
          method: 'POST',
          ...init,
          headers: { ...CONTROL, ...(init.body && { 'Content-Type': 'application/json' }) },
        })
      ).status;
    const streamed = (text: string) => ({
      body: new Blob([text]).stream(),
      duplex: 'half' as const,
    });
    const order = '{"event":"checks.created"}';
    expect(await post(`/hooks/${hook.id}/disable`)).toBe(200);
    expect(await post('/emit', { body: order })).toBe(200);
    expect(await post('/emit', streamed(order))).toBe(200);
    expect(await post('/emit', { body: 'x'.repeat(2 ** 20 + 1) })).toBe(413);
    expect(await post('/emit', streamed('x'.repeat(2 ** 20 + 1)))).toBe(413);
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write(
      `DELETE /_hookproof/hooks/${hook.id} HTTP/1.1\r\nHost: localhost\r\nX-Hookproof-Token: right\r\nConnection: close\r\n\r\n`,
    );
    const [first] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    expect(first).toMatch(/^HTTP\/1\.1 204 /);
    socket.destroy();
  });

  test('refuses a foreign Host on the wire', async () => {
    const { url } = await useServer();
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('GET /healthz HTTP/1.1\r\nHost: evil.test\r\nConnection: close\r\n\r\n');
    const [first] = (await once(socket.setEncoding('utf8'), 'data')) as [string];
    expect(first).toMatch(/^HTTP\/1\.1 421 /);
    socket.destroy();
  });

  test('says how a taken port is mended', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { api } = opened();
    const failure = await serveApi({ app: api, port, host: '127.0.0.1' }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(HookproofError);
    expect(failure).toMatchObject({
      code: 'invalid_argument',
      message: `cannot listen on 127.0.0.1:${port}: something else listens there`,
      remedy: 'give --port another one, or 0 for a free one',
    });
  });

  test('says how an address that is not this machine’s is mended', async () => {
    const { api } = opened();
    await expect(serveApi({ app: api, port: 0, host: '192.0.2.1' })).rejects.toMatchObject({
      message: 'cannot listen on 192.0.2.1:0: this machine has no such address',
    });
  });
});

describe('a server that closes', () => {
  test('ends streams and idle connections at once, and takes no more', async () => {
    const { url, close } = await useServer();
    const changes = await openChanges(url);
    await changes.until('watching');
    const idle = connect(Number(new URL(url).port), '127.0.0.1');
    await once(idle, 'connect');
    const startedMs = performance.now();
    await close();
    await changes.ended();
    expect(performance.now() - startedMs).toBeLessThan(2000);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    idle.destroy();
  });

  test('lets what is in hand end', async () => {
    const { standIn } = opened();
    const [asked, ready] = [deferred<true>(), deferred<boolean>()];
    const isReady = async () => {
      asked.resolve(true);
      return ready.promise;
    };
    const app = apiOf({ ...standIn, isReady });
    const { url, close } = await serveApi({ app, port: 0, host: '127.0.0.1' });
    const answer = fetch(`${url}/readyz`);
    await asked.promise;
    const closed = close();
    ready.resolve(true);
    expect((await answer).status).toBe(200);
    await closed;
  });

  test('does so when its signal is aborted, and may be told twice', async () => {
    const stop = new AbortController();
    const { url, close } = await useServer(stop.signal);
    stop.abort();
    await close();
    await close();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });
});

describe('the stream of changes', () => {
  test('tells of what happens, to all who watch', async () => {
    const { url, control } = await useServer();
    const [one, other] = await Promise.all([openChanges(url), openChanges(url)]);
    expect(one.response.headers.get('content-type')).toBe('text/event-stream');
    await Promise.all([one.until('watching'), other.until('watching')]);
    const { body } = await control('POST', '/hooks', {
      eventType: 'all',
      subscriberType: 'web',
      subscriberUrl: 'http://localhost:3000/hook',
    });
    const change = `event: change\ndata: ${JSON.stringify({ topic: 'hooks', id: body['id'] })}\n\n`;
    expect(await one.until(change)).toContain(change);
    expect(await other.until(change)).toContain(change);
    await control('POST', '/emit', { event: 'checks.created' });
    await one.until('"topic":"events"');
    await one.until('"topic":"attempts"');
    await Promise.all([one.cancel(), other.cancel()]);
  });

  test('lets go of the stand-in when its reader goes', async () => {
    const { standIn } = opened();
    const left = deferred<true>();
    let watchers = 0;
    const watch: typeof standIn.watch = (listener) => {
      watchers++;
      const unwatch = standIn.watch(listener);
      return () => {
        watchers--;
        unwatch();
        left.resolve(true);
      };
    };
    const app = apiOf({ ...standIn, watch });
    const { url, close } = await serveApi({ app, port: 0, host: '127.0.0.1' });
    const changes = await openChanges(url);
    await changes.until('watching');
    expect(watchers).toBe(1);
    await changes.cancel();
    await left.promise;
    expect(watchers).toBe(0);
    await close();
  });

  test('keeps its connection alive while nothing happens', async () => {
    const { standIn } = opened();
    const routes = changeRoutes(standIn, 5);
    const response = await routes.request('/changes', {}, {});
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (text.split(': still here\n\n').length < 3) text += (await reader.read()).value ?? '';
    await reader.cancel();
  });
});
