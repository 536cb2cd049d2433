/** Receivers with one fault each: it is found, and named. */
import { describe, expect, test } from 'vitest';
import type { VerifyOptions } from '../../contracts/index.js';
import { caseOf, checkSeen, essence, idsOf, stillClock } from './check.js';
import { createReceiver, key as KEY_OF_RECEIVER, macOf, verify } from './receiver.js';
import type { Behaviour, Claims, Receiver } from './receiver.js';

const claimsOf = (token: string): Claims | undefined => {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return JSON.parse(payload) as Claims;
  } catch {
    return undefined;
  }
};

const headerOf = (token: string): string =>
  Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();

/** Verifies the first token about an event only. */
const verifyOnceAnEvent = (): Behaviour['verify'] => {
  const verified = new Set<string>();
  return (token, behaviour) => {
    const [first] = (claimsOf(token)?.['events'] ?? []) as readonly { readonly id: string }[];
    if (first !== undefined && verified.has(first.id)) return claimsOf(token);
    const claims = verify(token, behaviour);
    if (claims !== undefined && first !== undefined) verified.add(first.id);
    return claims;
  };
};

/** Reads a body of which `isTrusted` says that it needs no verification. */
const trusting = (isTrusted: (request: Request) => boolean): Partial<Behaviour> => ({
  read: async (request) => `${isTrusted(request) ? 'trusted ' : ''}${await request.text()}`,
  verify: (text, behaviour) =>
    text.startsWith('trusted ') ? claimsOf(text.slice(8)) : verify(text, behaviour),
});

interface Fault {
  readonly what: string;
  readonly change: Partial<Behaviour>;
  readonly options?: Partial<VerifyOptions>;
  /** Cases that must fail. */
  readonly fails: readonly string[];
  readonly causes: readonly string[];
}

const oneSentence = (status: number): Response => new Response('no', { status });

const faults: readonly Fault[] = [
  {
    what: 'applies every copy',
    change: { remembers: () => false },
    fails: ['idempotency/identical-copy', 'idempotency/batch-twice'],
    causes: ['no-deduplication'],
  },
  {
    what: 'answers 409 to every copy',
    change: { respond: (copies) => oneSentence(copies > 0 ? 409 : 200) },
    options: { skip: ['*thousands'] },
    fails: ['idempotency/identical-copy', 'idempotency/concurrent-2-copies'],
    causes: ['duplicates-refused'],
  },
  {
    what: 'answers 500 to every copy',
    change: { respond: (copies) => oneSentence(copies > 0 ? 500 : 200) },
    options: { skip: ['*thousands'] },
    fails: ['idempotency/identical-copy', 'idempotency/concurrent-2-copies'],
    causes: ['duplicates-refused'],
  },
  {
    what: 'reads events[0] only',
    change: {
      eventsOf: ({ events }) => (Array.isArray(events) ? [events[0] as object] : undefined),
    },
    options: { only: ['verification/two-events', 'idempotency/batch-*'] },
    fails: ['verification/two-events', 'idempotency/batch-of-many'],
    causes: ['batch-cut'],
  },
  {
    what: 'takes unsigned tokens',
    change: {
      verify: (token, behaviour) =>
        /"alg"\s*:\s*"none"/.test(headerOf(token)) ? claimsOf(token) : verify(token, behaviour),
    },
    options: { only: ['verification/*', 'idempotency/*-then-*'] },
    fails: ['verification/alg-none', 'verification/alg-none-two-segments'],
    causes: ['alg-none-accepted'],
  },
  {
    what: 'only decodes tokens',
    change: { verify: claimsOf },
    options: { only: ['verification/*'] },
    fails: ['verification/key-of-a-stranger', 'verification/mac-bit-flipped'],
    causes: ['signature-not-checked'],
  },
  {
    what: 'is empty-handed at "undefined"',
    change: {
      verify: (token, behaviour) =>
        verify(token, behaviour) ?? verify(token, { ...behaviour, key: 'undefined' }),
    },
    options: { only: ['verification/key-*'] },
    fails: ['verification/key-undefined'],
    causes: ['guessable-key'],
  },
  {
    what: 'verifies the first token about an event only',
    change: { verify: verifyOnceAnEvent() },
    options: { only: ['idempotency/*-then-*'] },
    fails: ['idempotency/genuine-then-other-payload'],
    causes: ['verification-cached'],
  },
  {
    what: 'verifies nothing that says X-Debug',
    change: trusting(({ headers }) => headers.has('x-debug')),
    options: { only: ['transport/*-forged', 'transport/forwarded-*'] },
    fails: ['transport/forwarded-headers-trusted'],
    causes: ['check-bypassed'],
  },
  {
    what: 'verifies nothing at ?test=true',
    change: trusting(({ url }) => new URL(url).searchParams.get('test') === 'true'),
    options: { only: ['transport/*-forged', 'transport/forwarded-*'] },
    fails: ['transport/forwarded-headers-trusted'],
    causes: ['check-bypassed'],
  },
  {
    what: 'verifies nothing from a page of Truora',
    change: trusting(({ headers }) => headers.get('origin') === 'https://api.truora.com'),
    options: { only: ['transport/*-forged', 'transport/forwarded-*'] },
    fails: ['transport/forwarded-headers-trusted'],
    causes: ['check-bypassed'],
  },
  {
    what: 'deduplicates by the resource',
    change: { keyOf: ({ object }) => String(object?.['check_id'] ?? object?.['process_id']) },
    options: { only: ['idempotency/two-events-of-one-resource'] },
    fails: ['idempotency/two-events-of-one-resource'],
    causes: ['key-is-resource'],
  },
  {
    what: 'refuses what it does not know',
    change: {
      respond: (_copies, events) =>
        oneSentence(events.every(({ event_type: type }) => type === 'check') ? 200 : 422),
    },
    options: { only: ['response/*', 'verification/*'] },
    fails: ['response/acknowledges-every-event'],
    causes: ['unknown-type-refused'],
  },
];

describe.each(faults)('a receiver that $what', ({ change, options = {}, fails, causes }) => {
  test('is told so', async () => {
    const clock = stillClock();
    const receiver = createReceiver({ nowMs: clock.nowMs, ...change });
    const result = await checkSeen(receiver, { clock, ...options });
    expect(essence(result)).toMatchObject({ problem: null, verdict: 'failed', inconclusive: [] });
    expect(idsOf(result, 'failed', 'must')).toEqual(expect.arrayContaining([...fails]));
    const graves = result.findings.filter(({ level }) => level === 'must');
    expect(graves.map(({ cause }) => cause)).toEqual(causes);
  });
});

describe('a receiver that stops', () => {
  /** Right until something happens, and then it does not answer any more, or with 429 only. */
  const until = (
    happens: (body: string) => boolean,
    afterwards: () => Promise<Response>,
    nowMs: () => number,
  ): Receiver => {
    const receiver = createReceiver({ nowMs });
    let over = false;
    const handle: Receiver['handle'] = async (request) => {
      const body = await request.clone().text();
      over ||= happens(body);
      return over ? afterwards() : receiver.handle(request);
    };
    return { ...receiver, handle };
  };

  test('at a malformed token is told after which group, and by which attempt', async () => {
    const clock = stillClock();
    const receiver = until(
      (body) => body.split('.').length === 4,
      async () => new Promise(() => undefined),
      clock.nowMs,
    );
    const only = ['verification/canonical-token', 'verification/four-*', 'transport/*', 'V07*'];
    const result = await checkSeen(receiver, { clock, only, timeoutMs: 50 });
    expect(result.summary.verdict).toBe('failed');
    expect(idsOf(result, 'failed')).toEqual(['transport/still-takes-genuine']);
    expect(caseOf(result, 'transport/still-takes-genuine').actual).toMatch(
      /^after malformed-token: a genuine delivery was not taken in 3 attempts \(no answer \(timeout\)\); the first attempt without an answer was verification\/four-segments/,
    );
    expect(caseOf(result, 'verification/canonical-token').verdict).toBe('passed');
    expect(caseOf(result, 'transport/path-variants-forged')).toMatchObject({
      verdict: 'inconclusive',
      actual: 'the genuine delivery before it was not taken',
    });
  });

  test('after 20 bad tokens is told that it locks out', async () => {
    const clock = stillClock();
    let bad = 0;
    const receiver = until(
      () => bad > 20,
      async () => oneSentence(429),
      clock.nowMs,
    );
    const counting: Receiver['handle'] = async (request) => {
      const response = await receiver.handle(request);
      if (response.status === 401) bad++;
      return response;
    };
    const only = ['verification/*', 'transport/still-takes-genuine'];
    const result = await checkSeen({ ...receiver, handle: counting }, { clock, only });
    expect(result.summary.verdict).toBe('failed');
    expect(idsOf(result, 'failed', 'must')).toEqual(['transport/still-takes-genuine']);
    expect(caseOf(result, 'transport/still-takes-genuine').actual).toContain('(status 429)');
  });

  test('at the start is no verdict', async () => {
    const clock = stillClock();
    const receiver = until(
      () => true,
      async () => new Promise(() => undefined),
      clock.nowMs,
    );
    const result = await checkSeen(receiver, { clock, timeoutMs: 30 });
    expect(essence(result)).toMatchObject({
      verdict: 'inconclusive',
      failed: [],
      problem: {
        message: 'no answer from receiver.test (timeout: no complete answer within 30 ms)',
        remedy: 'check that the receiver answers by hand, or raise --timeout',
      },
    });
  });
});

describe('an answer', () => {
  test.each(['hex', 'base64', 'base64url'] as const)(
    'with the right MAC in %s is a leak',
    async (form) => {
      const clock = stillClock();
      const receiver = createReceiver({
        nowMs: clock.nowMs,
        refuse: (status, token) => {
          const right = macOf(token, { digests: { HS256: 'sha256' }, key: KEY_OF_RECEIVER });
          return new Response(`expected signature ${right?.toString(form)}`, { status });
        },
      });
      const only = ['verification/mac-bit-flipped', 'response/leaks-*'];
      const result = await checkSeen(receiver, { clock, only });
      expect(essence(result)).toMatchObject({
        verdict: 'failed',
        failed: [expect.stringMatching(/^must response\/leaks-no-secret: \d+ answers of \d+/)],
        causes: ['answers-tell-too-much'],
      });
    },
  );

  test('with the key is a leak', async () => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      refuse: (status) => new Response(`key ${KEY_OF_RECEIVER} does not fit`, { status }),
    });
    const result = await checkSeen(receiver, { clock, only: ['V07*', 'response/leaks-*'] });
    expect(idsOf(result, 'failed')).toEqual(['response/leaks-no-secret']);
  });

  test.each([
    ['a stack trace', 'Error: bad token\n    at verify (/srv/app/hook.js:12:5)'],
    ['a Python trace', 'Traceback (most recent call last):'],
    ['SQL', 'SQLSTATE[23505]: Unique violation'],
  ])('with %s is a finding of level should', async (_what, text) => {
    const clock = stillClock();
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      refuse: (status) => new Response(text, { status }),
    });
    const result = await checkSeen(receiver, { clock, only: ['V07*', 'response/leaks-*'] });
    expect(result.summary.verdict).toBe('passed');
    expect(idsOf(result, 'failed')).toEqual(['response/leaks-no-internals']);
  });
});
