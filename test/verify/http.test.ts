/** Receivers behind real HTTP, with the raw requests that only a socket can carry. */
import { describe, expect, test } from 'vitest';
import type { VerifyOptions } from '../../contracts/index.js';
import { systemClock } from '../../contracts/runner/clock.js';
import { caseOf, check, essence, flawless, idsOf, stillClock } from './check.js';
import { createReceiver, verify } from './receiver.js';
import type { Behaviour } from './receiver.js';
import { recordsPage, serve } from './serve.js';
import type { Page } from './serve.js';

/** Checks a receiver over HTTP, seen by a probe; `page` answers on paths of its own. */
const checkServed = async (
  change: Partial<Behaviour> = {},
  options: Partial<VerifyOptions> & { readonly page?: Page; readonly path?: string } = {},
) => {
  const { page = () => undefined, path = '/webhooks/truora', ...rest } = options;
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs, ...change });
  const records = recordsPage(receiver, (found) => found);
  const origin = await serve(receiver, (url, method) => page(url, method) ?? records(url, method));
  const probe = { url: `${origin}/records?id={eventId}` };
  return check(origin + path, { clock, probe, ...rest });
};

test('a right receiver passes everything but what needs a sink', async () => {
  const result = await checkServed();
  expect(essence(result)).toEqual(flawless);
  expect(idsOf(result, 'skipped')).toEqual([
    'verification/key-with-nul',
    'response/applies-its-products',
  ]);
  const unseen = result.cases.filter(({ verdict }) => verdict === 'notObservable');
  expect(unseen.length).toBeGreaterThan(20);
  expect(unseen.filter(({ missing }) => missing === undefined || missing === 'effects')).toEqual(
    [],
  );
});

test('a right receiver passes on the real clock', async () => {
  const only = ['transport/chunked-*', 'transport/header-*', 'idempotency/concurrent-2-*'];
  const clock = { clock: systemClock };
  expect(essence(await checkServed({ nowMs: Date.now }, { only, ...clock }))).toEqual(flawless);
});

describe('a receiver that redirects', () => {
  /** `/hook` points to the receiver’s own path. */
  const page: Page = ({ pathname }) =>
    pathname === '/hook'
      ? new Response(null, { status: 307, headers: { location: '/webhooks/truora' } })
      : undefined;

  test('is told so, and judged in all else', async () => {
    const result = await checkServed({}, { page, path: '/hook', skip: ['*thousands'] });
    expect(result.problem).toBeNull();
    expect(result.summary.verdict).toBe('failed');
    expect(caseOf(result, 'response/no-redirect').verdict).toBe('failed');
    expect(idsOf(result, 'inconclusive')).toEqual([]);
    expect(idsOf(result, 'failed', 'must')).toEqual(['response/no-redirect']);
    expect(result.summary.passed).toBeGreaterThan(200);
  });

  test('is found out where it takes forgeries behind that', async () => {
    const takesAGuess: Partial<Behaviour> = {
      verify: (token, behaviour) =>
        verify(token, behaviour) ?? verify(token, { ...behaviour, key: 'undefined' }),
    };
    const only = ['verification/key-*', 'response/no-redirect'];
    const result = await checkServed(takesAGuess, { page, path: '/hook', only });
    expect(idsOf(result, 'failed', 'must')).toEqual([
      'verification/key-undefined',
      'response/no-redirect',
    ]);
  });

  test('in a way that loses the body is no verdict', async () => {
    const found: Page = ({ pathname }) =>
      pathname === '/hook'
        ? new Response(null, { status: 302, headers: { location: '/webhooks/truora' } })
        : undefined;
    const result = await checkServed({}, { page: found, path: '/hook', only: ['V001', 'P48'] });
    expect(result.problem?.message).toContain('refuses every genuine delivery');
    expect(idsOf(result, 'passed')).toEqual([]);
    expect(caseOf(result, 'response/no-redirect').verdict).toBe('failed');
  });

  test('in a circle is no verdict', async () => {
    const circle: Page = ({ pathname }) =>
      pathname === '/hook'
        ? new Response(null, { status: 308, headers: { location: '/hook' } })
        : undefined;
    const result = await checkServed({}, { page: circle, path: '/hook', only: ['V001', 'P48'] });
    expect(result.problem?.message).toContain('redirects');
    expect(result.summary.verdict).not.toBe('passed');
  });
});

describe('a receiver that is reached by a path of its own', () => {
  test('is not blamed for a page beside it that answers 200 to anything', async () => {
    const page: Page = ({ pathname }, method) =>
      method === 'POST' && pathname !== '/webhooks/truora' ? new Response('welcome') : undefined;
    const result = await checkServed({}, { page, only: ['transport/*'] });
    expect(essence(result)).toEqual(flawless);
  });

  test('is not blamed for another site that answers 200 to anything', async () => {
    const page: Page = ({ hostname }, method) =>
      method === 'POST' && hostname !== '127.0.0.1' ? new Response('welcome') : undefined;
    const only = ['transport/host-trusted', 'response/refuses-with-4xx', 'V030'];
    const result = await checkServed({}, { page, only });
    expect(essence(result)).toEqual(flawless);
    expect(result.cases.map(({ verdict }) => verdict)).toEqual(['passed', 'passed', 'passed']);
  });

  test('is not in doubt because other spellings of it redirect to it', async () => {
    const page: Page = ({ pathname }, method) =>
      method === 'POST' && pathname.endsWith('/')
        ? new Response(null, { status: 307, headers: { location: '/webhooks/truora' } })
        : undefined;
    const receiver = createReceiver({ nowMs: stillClock().nowMs });
    const origin = await serve(receiver, page);
    const only = ['transport/path-variants-forged', 'verification/canonical-token'];
    const result = await check(`${origin}/webhooks/truora`, { only });
    expect(idsOf(result, 'passed')).toContain('transport/path-variants-forged');
  });

  test('is not served without a check on another spelling of it', async () => {
    const taken: string[] = [];
    const receiver = createReceiver({ nowMs: stillClock().nowMs });
    const origin = await serve({
      handle: async (request) => {
        if (!new URL(request.url).pathname.endsWith('/')) return receiver.handle(request);
        const [, payload = ''] = (await request.text()).split('.');
        taken.push(Buffer.from(payload, 'base64url').toString());
        return new Response('ok');
      },
    });
    const result = await check(`${origin}/webhooks/truora`, {
      probe: (event) =>
        receiver.count(event) + taken.filter((text) => text.includes(event.id)).length,
      only: ['transport/path-variants-forged', 'verification/canonical-token'],
    });
    expect(idsOf(result, 'failed')).toEqual(['transport/path-variants-forged']);
    expect(caseOf(result, 'transport/path-variants-forged').actual).toContain('trailing slash');
  });
});

test('a password in the URL is in no result', async () => {
  const receiver = createReceiver({ nowMs: stillClock().nowMs });
  const origin = (await serve(receiver)).replace('//', '//truora:a-password@');
  const result = await check(`${origin}/webhooks/truora`, { only: ['V001'] });
  expect(JSON.stringify(result)).not.toContain('a-password');
});

describe('no verdict', () => {
  test('where nobody listens', async () => {
    const result = await check('http://127.0.0.1:9/hook', { only: ['V001'] });
    expect(result.summary.verdict).toBe('inconclusive');
    expect(result.problem).toEqual({
      message: 'no answer from 127.0.0.1:9 (refused: connect ECONNREFUSED 127.0.0.1:9)',
      remedy: 'start the receiver, and check host and port',
    });
  });

  test('where the host has no address', async () => {
    const result = await check('http://nowhere.invalid/hook', { only: ['V001'] });
    expect(result.problem?.message).toContain('no answer from nowhere.invalid (dns');
    expect(result.problem?.remedy).toBe('check the host name');
  });
});

test('a receiver that is said to be on this machine can reach a listener on it', async () => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs });
  const { port } = new URL(
    await serve(
      receiver,
      recordsPage(receiver, (records) => records),
    ),
  );
  const result = await check(`http://hooks.test:${port}/webhooks/truora`, {
    clock,
    resolve: { [`hooks.test:${port}`]: '127.0.0.1' },
    probe: ({ id }) => receiver.applied.filter((event) => event.id === id).length,
    only: ['verification/canonical-token', 'verification/fetches-what-a-token-names'],
  });
  expect(idsOf(result, 'notObservable')).toEqual([]);
  expect(essence(result)).toEqual(flawless);
});
