/** What can be told from a status, from effects, and from neither. */
import { describe, expect, test } from 'vitest';
import type { VerifyOptions } from '../../contracts/index.js';
import { caseOf, check, checkSeen, essence, flawless, idsOf, stillClock } from './check.js';
import { pairs } from '../../simulator/index.js';
import { createReceiver, key } from './receiver.js';
import type { Behaviour } from './receiver.js';

const setUp = (change: Partial<Behaviour> = {}) => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs, ...change });
  const unseen = async (options: Partial<VerifyOptions> = {}) =>
    check(receiver.handle, { clock, ...options });
  const seen = async (options: Partial<VerifyOptions> = {}) =>
    checkSeen(receiver, { clock, ...options });
  return { unseen, seen };
};

const always = (
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Partial<Behaviour> => ({
  refuse: () => new Response('{}', { status, headers }),
});

describe('without a probe', () => {
  test('a right receiver passes, and nothing is claimed about its effects', async () => {
    const result = await setUp().unseen();
    expect(essence(result)).toEqual(flawless);
    expect(result.receiver.probe).toBeNull();
    for (const id of ['identical-copy', 'batch-twice', 'concurrent-2-copies', 'late-created']) {
      expect(caseOf(result, `idempotency/${id}`)).toMatchObject({
        verdict: 'notObservable',
        actual: expect.stringContaining('add --probe'),
      });
    }
    const effects = result.cases.flatMap(({ attempts }) => attempts.map((one) => one.effects));
    expect(new Set(effects)).toEqual(new Set([null]));
  });

  test('a receiver that repeats every event is not found out, and not praised', async () => {
    const result = await setUp({ remembers: () => false }).unseen({ only: ['idempotency/*copy*'] });
    expect(idsOf(result, 'passed')).toEqual([]);
    expect(result.summary.verdict).toBe('inconclusive');
  });

  test('an unsigned token that is answered 2xx is taken', async () => {
    const result = await setUp({
      verify: (token) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()),
      refuse: (status) => new Response('no', { status }),
    }).unseen({ only: ['verification/alg-none', 'verification/key-of-a-stranger'] });
    expect(idsOf(result, 'failed')).toEqual([
      'verification/alg-none',
      'verification/key-of-a-stranger',
    ]);
  });

  test('a 5xx on bad input proves nothing', async () => {
    const result = await setUp(always(500)).unseen({
      only: ['verification/*', 'response/no-5xx*'],
    });
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed', 'must')).toEqual([]);
    expect(caseOf(result, 'verification/alg-none')).toMatchObject({
      verdict: 'inconclusive',
      actual: 'unclear: alg "none": status 500',
    });
  });

  test.each([301, 302, 307])('a %i on bad input proves nothing', async (status) => {
    const refuse = (): Response =>
      new Response(null, { status, headers: { location: '/elsewhere' } });
    const result = await setUp({ refuse }).unseen({ only: ['V030'] });
    expect(caseOf(result, 'verification/alg-none').verdict).toBe('inconclusive');
    expect(result.summary.verdict).toBe('inconclusive');
  });
});

describe('a receiver that answers 200 to everything', () => {
  test('is not judged by its status', async () => {
    const result = await setUp(always(200)).unseen();
    expect(result.receiver.statusBlind).toBe(true);
    expect(idsOf(result, 'failed', 'must')).toEqual([]);
    expect(idsOf(result, 'passed').filter((id) => id.startsWith('verification/alg-'))).toEqual([]);
    for (const id of ['alg-none', 'key-of-a-stranger', 'canonical-token']) {
      expect(caseOf(result, `verification/${id}`).verdict).toBe('notObservable');
    }
  });

  test('is judged by its effects, and told what it costs', async () => {
    const result = await setUp(always(200)).seen();
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed', 'must')).toEqual([]);
    expect(idsOf(result, 'failed', 'should')).toContain('response/refuses-with-4xx');
    expect(caseOf(result, 'verification/alg-none').verdict).toBe('passed');
    expect(idsOf(result, 'inconclusive')).toEqual([]);
  });
});

describe('a receiver that answers 500 to bad input', () => {
  test('passes where its effects are seen, with a warning', async () => {
    const result = await setUp(always(500)).seen();
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed', 'must')).toEqual([]);
    expect(idsOf(result, 'failed', 'should')).toContain('response/no-5xx-on-bad-input');
    expect(caseOf(result, 'verification/key-of-a-stranger').verdict).toBe('passed');
  });

  test('is warned too where it asks for a retry of bad input alone', async () => {
    const result = await setUp(always(503, { 'retry-after': '1' })).seen();
    expect(idsOf(result, 'failed', 'must')).toEqual([]);
    expect(idsOf(result, 'failed', 'should')).toContain('response/no-5xx-on-bad-input');
  });

  test('fails by that when strict', async () => {
    const only = ['verification/alg-none', 'response/no-5xx-on-bad-input'];
    const result = await setUp(always(500)).seen({ only, strict: true });
    expect(essence(result)).toMatchObject({ verdict: 'failed', causes: ['bad-input-ends-in-5xx'] });
  });
});

/** A member of a JSON text; empty where there is none. */
const memberOf = (text: string, name: string): string => {
  try {
    return String((JSON.parse(text) as Readonly<Record<string, unknown>>)[name]);
  } catch {
    return '';
  }
};

describe('no verdict', () => {
  test('where the key is another', async () => {
    const result = await setUp().seen({ key: 'a key that the receiver does not have' });
    expect(essence(result)).toMatchObject({
      verdict: 'inconclusive',
      failed: [],
      problem: {
        message: 'the receiver refuses every genuine delivery (status 401)',
        remedy:
          'check that --key is the receiver’s key, that the URL has the right path, and that no claim is demanded beside events, iat and iss',
      },
    });
    expect(result.summary).toMatchObject({ passed: 0, failed: 0 });
  });
});

describe('a failed run, where it is proven why genuine deliveries are refused', () => {
  test.each<readonly [string, Partial<Behaviour>, string, string]>([
    [
      'decodes the key',
      { key: Buffer.from(key, 'hex') },
      'decodes the key as hexadecimal',
      'key-as-it-is-shown',
    ],
    [
      'decodes it otherwise',
      { key: Buffer.from(key, 'base64') },
      'decodes the key as base64',
      'key-as-it-is-shown',
    ],
    [
      'has read it from a file',
      { key: `${key}\n` },
      'key ends in a line feed',
      'key-as-it-is-shown',
    ],
    [
      'demands exp',
      { eventsOf: ({ exp, events }) => (exp === undefined ? undefined : (events as object[])) },
      'demands exp in the token',
      'exp-not-demanded',
    ],
    [
      'spells the issuer otherwise',
      { eventsOf: ({ iss, events }) => (iss === 'truora' ? (events as object[]) : undefined) },
      "demands iss 'truora'",
      'issuer-as-it-is-spelled',
    ],
    [
      'takes the token out of JSON',
      { read: async (request) => memberOf(await request.text(), 'token') },
      'out of a JSON body',
      'token-is-the-body',
    ],
    [
      'takes it out of a form',
      { read: async (request) => new URLSearchParams(await request.text()).get('jwt') ?? '' },
      'out of a form',
      'token-is-the-body',
    ],
    [
      'takes it out of a header',
      {
        read: (request) =>
          Promise.resolve(request.headers.get('authorization')?.replace('Bearer ', '') ?? ''),
      },
      'out of Authorization',
      'token-is-the-body',
    ],
    [
      'demands a signature beside it',
      {
        read: async (request) =>
          request.headers.has('x-truora-signature') ? request.text() : 'nothing',
      },
      'demands a header',
      'token-is-the-body',
    ],
  ])('the receiver %s', async (_what, change, message, id) => {
    const result = await setUp(change).seen({});
    expect(result.summary.verdict).toBe('failed');
    expect(idsOf(result, 'failed')).toEqual([`verification/${id}`]);
    expect(result.problem?.message).toContain(message);
  });

  test('it takes a token within a second only', async () => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      eventsOf: ({ events, iat }) =>
        Number(iat) * 1000 < clock.nowMs() - 1000 ? undefined : (events as readonly object[]),
    });
    const result = await checkSeen(receiver, { clock });
    expect(idsOf(result, 'failed')).toEqual(['verification/token-of-seconds-ago']);
  });

  test('its clock is behind and allows no leeway', async () => {
    const clock = stillClock();
    const nowMs = (): number => clock.nowMs() - 45_000;
    const receiver = createReceiver({
      nowMs,
      eventsOf: ({ events, iat }) =>
        Number(iat) * 1000 > nowMs() ? undefined : (events as readonly object[]),
    });
    const result = await checkSeen(receiver, { clock });
    expect(result.summary.verdict).toBe('failed');
    expect(idsOf(result, 'failed')).toEqual(['verification/token-of-this-second']);
    expect(result.problem?.message).toContain('its clock is behind');
    expect(result.problem?.remedy).toContain('set its clock');
  });
});

describe('no verdict, and no other reason', () => {
  test('where the receiver takes a delivery after it took none', async () => {
    let requests = 0;
    const ofFirstDeliveries = 3 * (1 + pairs.length);
    const result = await setUp({
      read: async (request) => (++requests > ofFirstDeliveries ? request.text() : 'nothing'),
    }).seen({});
    expect(essence(result)).toMatchObject({ verdict: 'inconclusive', failed: [] });
    expect(result.problem?.message).toContain('takes one now');
  });

  test('where nothing was chosen that can be judged', async () => {
    const result = await setUp().unseen({ only: ['idempotency/effect-fails-once'] });
    expect(essence(result)).toMatchObject({ verdict: 'inconclusive', problem: null });
  });
});

describe('a mistake in the call', () => {
  test.each<readonly [string, Partial<VerifyOptions>, string]>([
    ['a case that is not there', { only: ['verification/alg-non'] }, 'nothing_matched'],
    ['everything skipped', { only: ['V030'], skip: ['V*'] }, 'nothing_matched'],
    [
      'a path that is none',
      { probe: { url: 'http://a.test' }, probeCount: '$[' },
      'invalid_argument',
    ],
    ['a probe that is no URL', { probe: { url: 'records' } }, 'invalid_argument'],
    ['an unknown product', { products: ['checks', 'cheques'] }, 'invalid_argument'],
    ['no product at all', { products: [] }, 'invalid_argument'],
  ])('is rejected: %s', async (_what, options, code) => {
    await expect(setUp().unseen(options)).rejects.toMatchObject({ name: 'HookproofError', code });
  });

  test.each([
    ['a public address', 'http://8.8.8.8/hook', 'target_refused'],
    ['another protocol', 'ftp://127.0.0.1/hook', 'invalid_argument'],
  ])('is rejected: %s', async (_what, url, code) => {
    await expect(check(url)).rejects.toMatchObject({ name: 'HookproofError', code });
  });
});
