/** Receivers that answer, and are wrong in one way: that one is named first. */
import { createServer } from 'node:http';
import express from 'express';
import { fastify } from 'fastify';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { DoctorOptions } from '../../contracts/index.js';
import { closedPort, httpServer, receive, serving, tcpServer } from '../sender/servers.js';
import { diagnose, findingOf, troublesOf } from './diagnose.js';
import { hookPath, key, receiverWith } from './receivers.js';
import type { Quirks } from './receivers.js';

const look = async (quirks: Quirks, options: DoctorOptions = {}) => {
  const { origin } = await httpServer(receiverWith(quirks));
  return diagnose(origin + hookPath, options);
};

/** What a receiver answers before it looks at a token. */
const answers =
  (status: number, headers: Readonly<Record<string, string>> = {}, text = ''): Quirks['first'] =>
  (request, response) => {
    if (request.method !== 'POST') return false;
    request.resume().once('end', () => response.writeHead(status, headers).end(text));
    return true;
  };

const withKey = { key } as const;

describe.each([
  ['with a key', withKey],
  ['without one', {}],
] as const)('%s', (_how, options) => {
  test.each([
    ['a wrong path', { path: '/webhooks' }, 'route/wrong-path'],
    ['GET in place of POST', { method: 'GET' }, 'route/wrong-method'],
    [
      'a redirect to https',
      { first: answers(301, { location: `https://127.0.0.1${hookPath}` }) },
      'route/redirect-https',
    ],
    [
      'a slash that is missing',
      { first: answers(308, { location: `${hookPath}/` }) },
      'route/redirect-slash',
    ],
    [
      'a login page',
      { first: answers(302, { location: '/users/sign_in' }) },
      'route/redirect-login',
    ],
    [
      'basic auth in front',
      { first: answers(401, { 'www-authenticate': 'Basic realm="staging"' }) },
      'route/login-in-front',
    ],
    ['CSRF protection', { first: answers(403, {}, 'CSRF verification failed.') }, 'route/csrf'],
    [
      'a proxy without its receiver',
      { first: answers(502, { server: 'nginx' }) },
      'route/bad-gateway',
    ],
    ['a slow acknowledgement', { first: undefined, ackMs: 200 }, 'latency/too-slow'],
  ] as const)('names %s', async (_what, quirks, id) => {
    const result = await look(quirks, {
      ...options,
      timeoutMs: id === 'latency/too-slow' ? 150 : 1000,
    });
    expect(troublesOf(result)).toEqual([id]);
    expect(result.verdict).toBe('broken');
  });

  test('names a limit of 100 kB', async () => {
    const result = await look({ limitBytes: 100 * 1024 }, options);
    expect(troublesOf(result)).toEqual(['limit/body-too-small']);
    expect(findingOf(result, 'limit/body-too-small').title).toBe('bodies over 100 KiB are refused');
    expect(result.verdict).toBe('clear');
  });

  test('names an odd limit to five per cent, in few requests', async () => {
    const unlimited = await look({}, options);
    const result = await look({ limitBytes: 20_000 }, options);
    expect(troublesOf(result)).toEqual(['limit/body-too-small']);
    expect(result.verdict).toBe('broken');
    const [, kilobytes] =
      /over (\d+) kB/.exec(findingOf(result, 'limit/body-too-small').title) ?? [];
    expect(Number(kilobytes)).toBeGreaterThanOrEqual(19);
    expect(Number(kilobytes)).toBeLessThanOrEqual(20);
    expect(result.sent.requests - unlimited.sent.requests).toBeLessThanOrEqual(9);
  });

  test('names express.json as the only parser', async () => {
    const app = express();
    app.use(express.json());
    app.post(hookPath, (request, response) => {
      response.status((request.body as unknown) === undefined ? 400 : 200).end();
    });
    const { origin } = await httpServer(app);
    const result = await diagnose(origin + hookPath, options);
    expect(troublesOf(result)).toEqual(['body/json-only']);
    expect(findingOf(result, 'body/json-only').code?.text).toContain("type: 'application/jwt'");
  });

  test('names express.json that acknowledges what it did not read', async () => {
    const app = express();
    app.use(express.json());
    app.post(hookPath, (_request, response) => {
      response.sendStatus(200);
    });
    const { origin } = await httpServer(app);
    const result = await diagnose(origin + hookPath, options);
    expect(troublesOf(result)[0]).toBe('body/json-only');
  });

  test('names Fastify without a parser for the content type', async () => {
    const app = fastify({ forceCloseConnections: true });
    app.post(hookPath, async () => 'ok');
    onTestFinished(async () => app.close());
    const origin = await app.listen({ port: 0, host: '127.0.0.1' });
    const result = await diagnose(origin + hookPath, options);
    expect(troublesOf(result)).toEqual(['body/content-type']);
    expect(findingOf(result, 'body/content-type').code?.text).toContain('addContentTypeParser');
  });

  test('names a dead proxy, beside a receiver that is right', async () => {
    const { origin } = await httpServer(receiverWith());
    const env = { HTTPS_PROXY: `http://me:secret@127.0.0.1:${await closedPort()}` };
    const result = await diagnose(origin + hookPath, { ...options, env });
    expect(troublesOf(result)).toEqual(['environment/dead-proxy']);
    expect(findingOf(result, 'environment/dead-proxy').mend).toContain('unset HTTPS_PROXY');
    expect(JSON.stringify(result)).not.toContain('secret');
  });

  test.each([
    ['ahead', 600_000],
    ['behind', -600_000],
  ])('names a clock that is ten minutes %s', async (word, clockAheadMs) => {
    const result = await look({ clockAheadMs }, options);
    expect(troublesOf(result)).toEqual(['clock/off']);
    expect(findingOf(result, 'clock/off').title).toBe(
      `the receiver’s clock is 10 min ${word}${word === 'ahead' ? ' of' : ''} this machine’s`,
    );
  });

  test('notes HTTP/1.0, and judges all else', async () => {
    const { origin } = await tcpServer((socket) => {
      socket.once('data', () => {
        socket.end('HTTP/1.0 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno');
      });
    });
    const result = await diagnose(`${origin}/`, { timeoutMs: 500 });
    expect(result.findings.map(({ id }) => id)).toContain('connection/http-1-0');
    expect(troublesOf(result).filter((id) => id.startsWith('connection'))).toEqual([]);
  });

  test('names a connection that is closed without a word', async () => {
    const answered = new WeakSet<object>();
    const server = createServer((request, response) => {
      const { socket } = request;
      if (answered.has(socket)) {
        socket.destroy();
        return;
      }
      answered.add(socket);
      receiverWith()(request, response);
    });
    const { origin } = await serving(server);
    const result = await diagnose(origin + hookPath, options);
    // After a refusal that is common, and does no harm.
    expect(findingOf(result, 'connection/closes-unannounced').severity).toBe(
      'key' in options ? 'warns' : 'note',
    );
  });
});

describe('with a key', () => {
  test('sends nothing genuine where that is not wanted, or there is no key', async () => {
    for (const options of [{ ...withKey, deliveries: false }, {}, { key: '' }]) {
      const { sent, checks } = await look({}, options);
      expect([sent.deliveries, sent.events]).toEqual([0, []]);
      expect(checks.find(({ id }) => id === 'signature')?.state).toBe('not-judged');
    }
  });

  test('counts what it sends', async () => {
    let requests = 0;
    const { origin } = await httpServer((request, response) => {
      requests++;
      receiverWith()(request, response);
    });
    const { sent } = await diagnose(origin + hookPath, withKey);
    expect(sent.requests).toBe(requests);
    expect(sent.deliveries).toBe(7);
    expect(new Set(sent.events).size).toBe(5);
    expect(sent.events.every((id) => /^HKE[0-9a-f]{40}$/.test(id))).toBe(true);
  });

  test('tells a bearer token that is asked for from one that is refused', async () => {
    const asking = (asks: string) =>
      look({ first: answers(401, { 'www-authenticate': asks }) }, withKey);
    expect(troublesOf(await asking('Bearer realm="api"'))).toEqual(['route/login-in-front']);
    expect(troublesOf(await asking('Bearer error="invalid_token"'))).toEqual(['body/refused']);
  });

  test('does not repeat a token that the receiver repeats', async () => {
    const { origin } = await httpServer((request, response) => {
      void receive(request).then(({ body }) =>
        response.writeHead(400).end(`bad token: ${body.toString()}`),
      );
    });
    const result = await diagnose(origin + hookPath, withKey);
    expect(findingOf(result, 'body/refused').seen).toBe('status 400: bad token: (token)');
    expect(JSON.stringify(result)).not.toContain('eyJ');
  });

  test('names another key', async () => {
    const result = await look({}, { key: 'another' });
    expect(troublesOf(result)).toEqual(['body/refused']);
    expect(findingOf(result, 'body/refused').mend).toContain('--key');
    expect(JSON.stringify(result)).not.toContain('another');
  });

  test.each<readonly [string, Quirks, string]>([
    ['the bytes of its hexadecimal', { key: Buffer.from(key, 'hex') }, 'as hexadecimal'],
    ['a line feed at its end', { key: `${key}\n` }, 'ends in a line feed'],
  ])('names a key that is read as %s', async (_what, quirks, title) => {
    const result = await look(quirks, withKey);
    expect(troublesOf(result)).toEqual(['body/refused']);
    expect(findingOf(result, 'body/refused').title).toContain(title);
  });

  test('names a clock that is behind as the cause of refusals', async () => {
    const result = await look({ checksIat: true, clockAheadMs: -90_000 }, withKey);
    expect(troublesOf(result)).toEqual(['body/clock']);
  });

  test('names a clock that is far behind', async () => {
    const result = await look({ checksIat: true, clockAheadMs: -600_000 }, withKey);
    expect(troublesOf(result)).toEqual(['body/clock']);
  });

  test('names a receiver that takes what a stranger signed', async () => {
    const result = await look({ verifies: false }, withKey);
    expect(troublesOf(result)).toEqual(['signature/looks-off']);
    expect(result.verdict).toBe('broken');
  });

  test('says so where the status cannot tell', async () => {
    const result = await look({ first: answers(200) }, withKey);
    expect(troublesOf(result)).toEqual(['signature/cannot-tell']);
    expect(result.verdict).toBe('clear');
  });

  test.each([
    [421, 'host'],
    [429, 'limit on requests'],
    [503, 'maintenance'],
    [403, '--key'],
    [500, 'log'],
  ])('says what status %i asks for', async (status, mend) => {
    const result = await look({ first: answers(status) }, withKey);
    expect(troublesOf(result)).toEqual(['body/refused']);
    expect(findingOf(result, 'body/refused').mend).toContain(mend);
  });

  test('does not put down to the content type what is refused under every one', async () => {
    const result = await look({ first: answers(415) }, withKey);
    expect(troublesOf(result)).toEqual(['body/content-type']);
    const { title, seen, mend } = findingOf(result, 'body/content-type');
    expect(title).toBe('the receiver answers 415 to application/jwt, and to all that was tried');
    expect(seen).toContain('application/json');
    expect(mend).toContain('Content-Encoding');
  });

  test('says of an answer that cannot be read no more than that', async () => {
    const large = { 'x-large': 'a'.repeat(60_000) };
    const first: Quirks['first'] = (request, response) => {
      if (request.method !== 'POST') return false;
      void receive(request).then(({ body }) => {
        const isToken = body.toString().startsWith('eyJ');
        response.writeHead(isToken ? 200 : 401, isToken ? large : {}).end();
      });
      return true;
    };
    const result = await look({ first }, withKey);
    expect(troublesOf(result)).toEqual(['route/no-answer']);
    expect(findingOf(result, 'route/no-answer').title).toContain('cannot be read');
  });

  test('names a handler that hangs on what is genuine', async () => {
    let posts = 0;
    const first: Quirks['first'] = ({ method }) => method === 'POST' && ++posts > 1;
    const result = await look({ first }, { ...withKey, timeoutMs: 200 });
    expect(troublesOf(result)).toEqual(['route/no-answer']);
  });

  test('does not take a receiver that hides refusals behind 404 for a wrong path', async () => {
    const hides: Quirks['first'] = (request, response) => {
      const end = response.writeHead.bind(response);
      Object.assign(response, {
        writeHead: (status: number) => end(status === 401 ? 404 : status),
      });
      return request.method === 'OPTIONS' ? (response.end(), true) : false;
    };
    expect(troublesOf(await look({ first: hides }, withKey))).toEqual([]);
    const unsure = await look({ first: hides });
    expect(troublesOf(unsure)).toEqual(['route/wrong-path']);
    expect(unsure.verdict).toBe('clear');
  });
});

test('finds the right path by GET and OPTIONS alone', async () => {
  const posted: string[] = [];
  const app = express();
  app.use((request, _response, next) => {
    if (request.method === 'POST') posted.push(request.path);
    next();
  });
  app.post(hookPath, (_request, response) => void response.sendStatus(200));
  const { origin } = await httpServer(app);
  const result = await diagnose(`${origin}/hook`);
  expect(findingOf(result, 'route/wrong-path').mend).toContain(`${origin}${hookPath}`);
  expect(new Set(posted)).toEqual(new Set(['/hook']));
});

test('ends where it is asked to, with what was found so far', async () => {
  const { origin } = await tcpServer(() => undefined);
  const end = new AbortController();
  const result = await diagnose(origin, {
    timeoutMs: 20_000,
    signal: end.signal,
    onProgress: (_done, _total, what) => {
      if (what === 'HTTP') end.abort();
    },
  });
  expect(result.verdict).toBe('interrupted');
  expect(result.checks.map(({ id }) => id)).toEqual(['environment', 'name', 'reach', 'tls']);
});

test('refuses to look at a stranger', async () => {
  await expect(diagnose('http://8.8.8.8/hook')).rejects.toThrow(
    expect.objectContaining({ code: 'target_refused' }),
  );
});

test('does not repeat a password', async () => {
  const { port } = await httpServer(receiverWith());
  const result = await diagnose(`http://me:secret@127.0.0.1:${port}/else`);
  expect(JSON.stringify(result)).not.toContain('secret');
  expect(result.target).toBe(`http://…@127.0.0.1:${port}/else`);
});
