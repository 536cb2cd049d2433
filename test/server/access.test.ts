import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import type { ApiOptions } from '../../simulator/server/api/options.js';
import { CONTROL, TRUORA, apiOf, callerOf, createLines, shareLab } from './api-lab.js';

const opened = shareLab();

const callerWith = (options: Partial<ApiOptions> = {}) =>
  callerOf(apiOf(opened().standIn, { publicUrl: () => 'https://truora.staging.test', ...options }));

const statusOf = async (path: string, headers: Readonly<Record<string, string>>, method = 'GET') =>
  (await callerWith().call(method, path, { headers })).status;

describe('Truora’s part asks for its key', () => {
  test.each([
    [TRUORA, 200],
    [{}, 401],
    [{ 'Truora-API-Key': '' }, 401],
    [{ 'Truora-API-Key': 'righ' }, 401],
    [{ 'Truora-API-Key': 'rightly' }, 401],
    [CONTROL, 401],
  ])('%j: %i', async (headers, status) => {
    expect(await statusOf('/v1/hooks', headers)).toBe(status);
    expect(await statusOf('/events', headers)).toBe(status);
  });

  test('and takes any where none was set', async () => {
    const { call } = callerWith({ apiKey: undefined });
    const asked = async (key: string) =>
      (await call('GET', '/v1/hooks', { headers: { 'Truora-API-Key': key } })).status;
    expect([await asked('anything'), await asked(''), await asked(' ')]).toEqual([200, 401, 401]);
  });

  test('in Truora’s words', async () => {
    const { body } = await callerWith().call('GET', '/v1/hooks');
    expect(body).toEqual({ message: 'Unauthorized' });
  });
});

describe('the control API asks for its token', () => {
  test.each([
    [CONTROL, 200],
    [{ 'X-Hookproof-Token': 'right' }, 200],
    [{ authorization: 'bearer right' }, 200],
    [{}, 401],
    [{ Authorization: 'Bearer wrong' }, 401],
    [{ Authorization: 'right' }, 401],
    [{ Authorization: 'Basic cmlnaHQ=' }, 401],
    [{ Cookie: 'token=right' }, 401],
    [TRUORA, 401],
  ])('%j: %i', async (headers, status) => {
    expect(await statusOf('/_hookproof/clock', headers as Record<string, string>)).toBe(status);
  });

  test('before it tells which paths there are', async () => {
    expect(await statusOf('/_hookproof/nothing', {})).toBe(401);
    expect(await statusOf('/_hookproof/nothing', CONTROL)).toBe(404);
  });

  test('and says how it is sent, without repeating what was', async () => {
    const { headers, text, body } = await callerWith().call('GET', '/_hookproof/clock', {
      headers: { Authorization: 'Bearer sEcReT' },
    });
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(body['remedy']).toContain('Authorization: Bearer');
    expect(text).not.toContain('sEcReT');
  });
});

describe('a page of another origin', () => {
  test.each([
    [{ Origin: 'https://evil.test' }, 403],
    [{ Origin: 'null' }, 403],
    [{ Origin: 'http://localhost:81' }, 403],
    [{ 'Sec-Fetch-Site': 'cross-site' }, 403],
    [{ Origin: 'http://localhost', 'Sec-Fetch-Site': 'same-origin' }, 200],
    [{ Origin: 'https://truora.staging.test' }, 200],
  ])('%j: %i', async (headers, status) => {
    const all = { ...CONTROL, ...headers };
    expect(await statusOf('/_hookproof/clock', all)).toBe(status);
  });

  test('may not ask beforehand either, and is told nothing that lets it read', async () => {
    const { headers, status } = await callerWith().call('OPTIONS', '/_hookproof/emit', {
      headers: {
        Origin: 'https://evil.test',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization',
      },
    });
    expect(status).toBe(403);
    expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('cannot send a form in place of JSON', async () => {
    const types = [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=a',
    ];
    for (const type of types) {
      const { status } = await callerWith().call('POST', '/_hookproof/emit', {
        headers: { ...CONTROL, 'Content-Type': type },
        body: '{"event":"checks.finished"}',
      });
      expect(status).toBe(415);
    }
  });
});

describe('the name it is called by', () => {
  test.each([
    ['localhost', 200],
    ['localhost:4000', 200],
    ['page.localhost', 200],
    ['127.0.0.1:4000', 200],
    ['[::1]:4000', 200],
    ['truora.staging.test', 200],
    ['TRUORA.staging.test:443', 200],
    ['evil.test', 421],
    ['localhost.evil.test', 421],
    ['127.0.0.1.evil.test', 421],
    ['192.168.1.7', 421],
    ['', 421],
  ])('%j: %i', async (host, status) => {
    expect(await statusOf('/healthz', { Host: host })).toBe(status);
    expect(await statusOf('/v1/hooks', { ...TRUORA, Host: host })).toBe(status);
  });

  test('may be one that was allowed', async () => {
    const { call } = callerWith({ allowedHosts: ['hookproof', 'Stand-In.test:4000'] });
    for (const Host of ['hookproof:4000', 'stand-in.test']) {
      expect((await call('GET', '/healthz', { headers: { Host } })).status).toBe(200);
    }
  });
});

describe('what browsers are told', () => {
  const page = `<!doctype html><script type="module">const a = '</p>';</script><style>p{color:red}</style>`;
  const hash = (text: string): string =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

  test('the page may run what stands in it, and reach nothing but this server', async () => {
    const { headers, text } = await callerWith({ page }).call('GET', '/');
    expect(text).toBe(page);
    expect(headers.get('content-security-policy')).toBe(
      [
        "default-src 'none'",
        `script-src ${hash("const a = '</p>';")}`,
        `style-src ${hash('p{color:red}')}`,
        "connect-src 'self'",
        'img-src data:',
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'none'",
      ].join('; '),
    );
  });

  test.each(['/', '/reference', '/openapi.json', '/healthz', '/v1/hooks', '/_hookproof/x'])(
    '%s is not sniffed, framed, cached by others or told of elsewhere',
    async (path) => {
      const { headers } = await callerWith().call('GET', path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cache-control')).toMatch(/^no-(?:store|cache)$/);
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('content-security-policy')).not.toContain('unsafe');
    },
  );
});

describe('what a request may take', () => {
  test('a body of 1 MiB, announced or not', async () => {
    const { call } = callerWith();
    const send = async (bytes: number, announced: boolean) => {
      const body = 'x'.repeat(bytes);
      const headers = { ...CONTROL, 'Content-Type': 'application/json' };
      const init = announced
        ? { headers: { ...headers, 'Content-Length': String(bytes) }, body }
        : { headers, body: new Blob([body]).stream(), duplex: 'half' as const };
      return (await call('POST', '/_hookproof/emit', init)).status;
    };
    expect(await send(2 ** 20, true)).toBe(400);
    expect(await send(2 ** 20 + 1, true)).toBe(413);
    expect(await send(2 ** 20 + 1, false)).toBe(413);
  });

  test('256 in hand at a time', async () => {
    let letGo = (): void => undefined;
    const held = new Promise<boolean>((resolve) => {
      letGo = () => resolve(true);
    });
    const api = apiOf({ ...opened().standIn, isReady: async () => held });
    const waiting = Array.from({ length: 256 }, async () => api.request('/readyz'));
    const refused = await api.request('/readyz');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    letGo();
    expect(new Set((await Promise.all(waiting)).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    expect((await api.request('/readyz')).status).toBe(200);
  });
});

describe('the log', () => {
  test('tells of requests, and of no key, token, query or body', async () => {
    const { lines, log } = createLines();
    const { call } = callerWith({ log, controlToken: 'sEcReT' });
    const headers = { Authorization: 'Bearer sEcReT', 'Content-Type': 'application/json' };
    await call('GET', '/_hookproof/events?search=sEcReT', { headers });
    await call('POST', '/_hookproof/emit', { headers, body: '{"event":"sEcReT"}' });
    await call('GET', '/v1/hooks', { headers: { 'Truora-API-Key': 'sEcReT' } });
    const told = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(told.map(({ level, method, path, status }) => [level, method, path, status])).toEqual([
      ['info', 'GET', '/_hookproof/events', 200],
      ['info', 'POST', '/_hookproof/emit', 400],
      ['info', 'GET', '/v1/hooks', 401],
    ]);
    expect(lines.join()).not.toContain('sEcReT');
  });

  test('tells of probes only where it is asked to be thorough', async () => {
    const { lines, log } = createLines();
    const { call } = callerWith({ log });
    for (const path of ['/healthz', '/readyz', '/metrics']) await call('GET', path);
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
      'debug',
      'debug',
      'debug',
    ]);
  });

  test('tells of what nobody foresaw, which the answer does not', async () => {
    const { lines, log } = createLines();
    const broken = {
      ...opened().standIn,
      totals: async () => Promise.reject(new Error('relation "secret_table" does not exist')),
    };
    const api = apiOf(broken, { log });
    const { status, text } = await callerOf(api).control('GET', '/state');
    expect(status).toBe(500);
    expect(text).not.toContain('secret_table');
    expect(lines.join()).toContain('secret_table');
  });
});
