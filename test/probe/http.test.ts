import { describe, expect, test } from 'vitest';
import { createCounter } from '../../contracts/probe/count.js';
import { createHttpProbe } from '../../contracts/probe/http.js';
import type { ProbeQuery } from '../../contracts/probe/probe.js';
import { createHttpTransport } from '../../simulator/index.js';
import { closedPort, httpServer, localGuard, tcpServer } from '../sender/servers.js';
import { queryOf } from './query.js';

const transport = createHttpTransport({ guard: localGuard, insecure: false });

const probeAt = async (template: string, countPath?: string) =>
  createHttpProbe(template, { transport, counter: await createCounter(countPath) });

const answering = async (status: number, body = '', headers: Record<string, string> = {}) => {
  const asked: (string | undefined)[] = [];
  const server = await httpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.writeHead(status, headers).end(body);
  });
  return { ...server, asked };
};

describe('the answer', () => {
  test.each([
    ['an empty list', 200, '[]', 0],
    ['a record', 200, '{"id":"HKE1"}', 1],
    ['two records', 200, '[{"id":"HKE1"},{"id":"HKE1"}]', 2],
    ['a number', 200, '3\n', 3],
    ['404, whatever it says', 404, 'no record HKE1', 0],
    ['204', 204, '', 0],
  ])('is counted: %s', async (_what, status, body, effects) => {
    const server = await answering(status, body);
    const probe = await probeAt(`${server.origin}/records`);
    expect(await probe.ask(queryOf())).toEqual({ effects, text: status === 200 ? body : '' });
  });

  test('is counted by a path', async () => {
    const server = await answering(200, '{"id":"HKE1","applied":[1,2],"also":"HKE1"}');
    const probe = await probeAt(server.origin, '$.applied');
    expect(await probe.ask(queryOf())).toMatchObject({ effects: 2 });
  });

  test('is counted by the more frequent of two keys', async () => {
    const server = await answering(200, 'HKE1 HIK1 HIK1');
    const probe = await probeAt(server.origin);
    expect(await probe.ask(queryOf({ keys: ['HKE1', 'HIK1'] }))).toMatchObject({ effects: 2 });
  });

  test('is counted to its end where it is long', async () => {
    const server = await answering(200, `${'x'.repeat(1 << 20)}HKE1`);
    const probe = await probeAt(server.origin);
    expect(await probe.ask(queryOf())).toMatchObject({ effects: 1 });
  });

  test('fails where it is longer than can be counted', async () => {
    const server = await answering(200, 'x'.repeat((16 << 20) + 1));
    const probe = await probeAt(server.origin);
    await expect(probe.ask(queryOf())).rejects.toMatchObject({
      code: 'probe_failed',
      message: "the probe's answer is longer than 16 MiB",
      remedy: 'ask for one event only: put {eventId} into the URL of --probe',
    });
  });

  test('fails where it is not JSON and a path was given', async () => {
    const server = await answering(200, 'HKE1');
    const probe = await probeAt(server.origin, '$.count');
    await expect(probe.ask(queryOf())).rejects.toMatchObject({ code: 'probe_failed' });
  });

  test.each([201, 301, 302, 304, 400, 401, 403, 405, 410, 500, 503])(
    'of status %i fails',
    async (status) => {
      const server = await answering(status, '', { Location: '/elsewhere' });
      const probe = await probeAt(server.origin);
      await expect(probe.ask(queryOf())).rejects.toMatchObject({
        code: 'probe_failed',
        message: `the probe was answered with status ${status}`,
        remedy:
          'check the URL of --probe: it must answer 200, or 404 for an event it does not know',
      });
      expect(server.asked).toHaveLength(1);
    },
  );
});

describe('the question', () => {
  test.each<readonly [string, string, Partial<ProbeQuery>, string]>([
    ['the event', '/records?id={eventId}', {}, '/records?id=HKE1'],
    ['the resource', '/checks/{resourceId}/effects', {}, '/checks/CHK1/effects'],
    ['type and action', '/{eventType}/{action}', {}, '/check/finished'],
    ['the same twice', '/{eventId}/{eventId}', {}, '/HKE1/HKE1'],
    ['the first of two keys', '/{eventId}', { keys: ['HKE1', 'HIK1'] }, '/HKE1'],
    ['nothing', '/all', {}, '/all'],
    [
      'characters that a URL would read',
      '/r?id={eventId}&x=1',
      { keys: ['a b&c=d#e/f?g%h+ñ🎉'] },
      '/r?id=a%20b%26c%3Dd%23e%2Ff%3Fg%25h%2B%C3%B1%F0%9F%8E%89&x=1',
    ],
    ['a dollar sign as it is', '/{eventId}', { keys: ["$&$1$'"] }, "/%24%26%241%24'"],
    ['a placeholder in a value once', '/{eventId}', { keys: ['{action}'] }, '/%7Baction%7D'],
  ])('names %s', async (_what, template, changes, url) => {
    const server = await answering(200, '0');
    const probe = await probeAt(`${server.origin}${template}`);
    await probe.ask(queryOf(changes));
    expect(server.asked).toEqual([`GET ${url}`]);
  });

  test.each(['records', 'localhost:3000/records', 'ftp://localhost/x', 'http://', ''])(
    'is refused before anything is asked: “%s” is no URL',
    async (template) => {
      await expect(probeAt(template)).rejects.toMatchObject({
        code: 'invalid_argument',
        message: `expected --probe to be a URL, got ${JSON.stringify(template)}`,
        remedy: "write it as --probe 'http://localhost:3000/records?id={eventId}'",
      });
    },
  );

  test.each(['{id}', '{event_id}', '{eventID}', '{}'])(
    'is refused before anything is asked: nothing fills in “%s”',
    async (unknown) => {
      await expect(probeAt(`http://localhost:1/records/{eventId}?of=${unknown}`)).rejects.toEqual(
        expect.objectContaining({
          code: 'invalid_argument',
          message: `${unknown} in --probe is filled in by nothing`,
          remedy: 'write one of {eventId}, {resourceId}, {eventType} and {action}',
        }),
      );
    },
  );

  test('is not put to a stranger', async () => {
    const probe = await probeAt('http://8.8.8.8/records');
    await expect(probe.ask(queryOf())).rejects.toMatchObject({ code: 'target_refused' });
  });

  test('fails where nobody listens', async () => {
    const port = await closedPort();
    const probe = await probeAt(`http://127.0.0.1:${port}/records`);
    await expect(probe.ask(queryOf())).rejects.toMatchObject({
      code: 'probe_failed',
      message: `the probe got no answer from 127.0.0.1:${port} (refused)`,
      remedy: 'check the URL of --probe, and that the receiver serves it',
    });
  });

  test('fails where the connection is cut', async () => {
    const server = await tcpServer((socket) => socket.destroy());
    const probe = await probeAt(server.origin);
    await expect(probe.ask(queryOf())).rejects.toMatchObject({
      code: 'probe_failed',
      message: `the probe got no answer from 127.0.0.1:${server.port} (reset)`,
    });
  });
});

test('the probe is named by its option', async () => {
  expect((await probeAt('http://localhost/')).name).toBe('--probe');
});
