import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  checkDedup,
  fuzzReceiver,
  openReceiver,
  planReceiver,
  playSchedule,
  verifyReceiver,
} from '../../contracts/index.js';
import type { DedupSubject, Schedule, Target, VerifyOptions } from '../../contracts/index.js';
import { createFunctionProbe } from '../../contracts/probe/function.js';
import { kindsFor } from '../../contracts/schedule/kinds.js';
import { requireSchedule } from '../../contracts/schedule/require-schedule.js';
import { createRandom } from '../../simulator/index.js';
import { createEventMaker, keysOf } from '../../contracts/runner/events.js';
import { createReceiver, key } from '../verify/receiver.js';

const receiver = createReceiver();
/** Without a seed: the receiver remembers the events of one. */
const options: VerifyOptions = {
  key,
  probe: receiver.count,
  only: ['verification/alg-none'],
};
/** As JavaScript hands it over, which no compiler has looked at. */
const unchecked = (value: unknown): never => value as never;

describe('an option that is misspelt or of the wrong kind is told before anything is sent', () => {
  test.each([
    [{ prob: () => 1 }, 'there is no option prob', 'did you mean probe?'],
    [{ timeoutMS: 5 }, 'there is no option timeoutMS', 'did you mean timeoutMs?'],
    [{ key: undefined }, 'the option key is missing', /see that it is set there/],
    [
      { key: '' },
      'the option key is an empty text, and a text that is not empty was expected',
      /key/,
    ],
    [{ key: Buffer.from(key) }, /^the option key is an object, and a text/, /key/],
    [
      { probe: 'http://localhost/x' },
      /^the option probe is a text, and a function, or \{ url \}/,
      /probe/,
    ],
    [{ only: 'verification/*' }, /^the option only is a text, and a list/, /only/],
    [
      { concurrency: 0 },
      'the option concurrency is 0, and a whole number of at least 1 was expected',
      /concurrency/,
    ],
    [{ concurrency: '4' }, /^the option concurrency is a text/, /concurrency/],
    [{ timeoutMs: Number.NaN }, /^the option timeoutMs is NaN/, /timeoutMs/],
    [{ seed: 1.5 }, /^the option seed is 1.5/, /seed/],
    [
      { probeSettleMs: 'x' },
      /^the option probeSettleMs is a text, and milliseconds/,
      /probeSettleMs/,
    ],
    [
      { sinkPort: 70_000 },
      /^the option sinkPort is 70000, and a whole number from 0 to 65535/,
      /sinkPort/,
    ],
    [{ products: 'checks' }, /^the option products is a text/, /products/],
    [
      { headers: { a: 'b' } },
      /^the option headers is an object, and a list, each item a pair such as/,
      /headers/,
    ],
    [{ idempotencyKey: 'event_id' }, /"id" or "idempotency_key" or "both"/, /idempotencyKey/],
    [
      { controls: { restrat: async () => undefined } },
      /functions among restart, clock/,
      /controls/,
    ],
    [{ peer: 'not a URL' }, '"not a URL" is no URL', /http:/],
  ])('%o', async (wrong, message, remedy) => {
    const send = vi.fn(receiver.handle);
    const given = unchecked({ ...options, ...wrong });
    await expect(verifyReceiver(send, given)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
      remedy: typeof remedy === 'string' ? remedy : expect.stringMatching(remedy),
    });
    expect(send).not.toHaveBeenCalled();
  });

  test('by every way in', async () => {
    const wrong = unchecked({ ...options, prob: 1 });
    const refused = { code: 'invalid_argument', message: 'there is no option prob' };
    await expect(planReceiver(receiver.handle, wrong)).rejects.toMatchObject(refused);
    await expect(fuzzReceiver(receiver.handle, wrong)).rejects.toMatchObject(refused);
    await expect(playSchedule(receiver.handle, twice, wrong)).rejects.toMatchObject(refused);
    await expect(checkDedup(async () => undefined, unchecked({ prob: 1 }))).rejects.toMatchObject(
      refused,
    );
    expect(() => openReceiver(receiver.handle, wrong)).toThrow('there is no option prob');
    await expect(verifyReceiver(receiver.handle, unchecked(undefined))).rejects.toMatchObject({
      message: 'the options are undefined, and an object was expected',
      remedy: 'pass { key } at least',
    });
  });

  test('a key is never told', async () => {
    const wrong = unchecked({ ...options, key: [key] });
    await expect(verifyReceiver(receiver.handle, wrong)).rejects.toMatchObject({
      message: expect.not.stringContaining(key),
    });
  });
});

test.each([
  ['not a url', '"not a url" is no URL'],
  [{ lambda: async () => ({ statusCode: 200 }), payload: 'v3' }, '{ payload } is "v3"'],
  [{ node: () => undefined, path: 5 }, '{ path } is of type number'],
])('a target that is none: %o', async (target, message) => {
  await expect(verifyReceiver(unchecked(target), options)).rejects.toMatchObject({
    code: 'invalid_argument',
    message,
  });
});

describe('what a handler in this process throws, or returns in place of an answer, is told', () => {
  const THREW = 'the receiver fails on every genuine delivery (status 500): it threw ';
  const RETURNED = 'the receiver fails on every genuine delivery (status 500): it returned ';
  test.each<[name: string, target: unknown, message: string]>([
    [
      'it throws',
      () => {
        throw new Error('no DATABASE_URL');
      },
      `${THREW}Error: no DATABASE_URL`,
    ],
    [
      'it rejects',
      async () => {
        throw new RangeError('x\n  at y');
      },
      `${THREW}RangeError: x`,
    ],
    ['nothing', async () => undefined, `${RETURNED}undefined, and a Response was expected`],
    ['an object', () => ({ status: 200 }), `${RETURNED}an object, and a Response was expected`],
    ['a text', () => 'ok', `${RETURNED}a string, and a Response was expected`],
    [
      '(req, res)',
      {
        node: () => {
          throw new Error('no socket');
        },
      },
      `${THREW}Error: no socket`,
    ],
    [
      'a function',
      {
        lambda: async () => {
          throw new Error('no event');
        },
      },
      `${THREW}Error: no event`,
    ],
    [
      'the key',
      () => {
        throw new Error(`bad key ${key}`);
      },
      `${THREW}Error: bad key …`,
    ],
  ])('%s', async (_name, target, message) => {
    const { problem } = await verifyReceiver(target as Target, options);
    expect(problem).toMatchObject({ message, remedy: expect.stringContaining('mend that first') });
  });

  test('a Response of another realm is one', async () => {
    class Other {
      readonly status = 200;
      readonly headers = new Headers();
      readonly body = null;
    }
    const { problem } = await verifyReceiver(() => new Other() as unknown as Response, {
      key,
      only: ['verification/alg-none'],
    });
    expect(problem).toBe(null);
  });
});

/** What a handler in this process can be asked to do. */
const HERE = kindsFor({ controls: {}, sink: undefined, api: undefined });

const twice: Schedule = {
  events: { A: {} },
  commands: [
    { do: 'deliver', event: 'A' },
    { do: 'copy', event: 'A' },
  ],
};

describe('a schedule that cannot be played does not pass', () => {
  test.each<[given: unknown, message: RegExp]>([
    [undefined, /^this is no schedule$/],
    [{}, /^this is no schedule$/],
    [{ events: {}, commands: [] }, /^the schedule has no steps$/],
    [{ ...twice, commands: [{ do: 'delivr', event: 'A' }] }, /^step 1 of the schedule is no step/],
    [
      { ...twice, commands: [{ do: 'deliver', event: 'B' }] },
      /^step 1 .*deliver, has no event that fits: "B"$/,
    ],
    [{ ...twice, commands: [{ do: 'concurrent', events: [] }] }, /has no events that fits/],
    [
      { ...twice, commands: [...twice.commands, { do: 'restart' }] },
      /^step 3 .*restart, cannot be played here$/,
    ],
    [
      { ...twice, commands: [{ do: 'fail-next', event: 'A' }] },
      /fail-next, cannot be played here$/,
    ],
    [
      { ...twice, events: { A: { pair: 'checks.nope' } } },
      /there is no event named "checks.nope"$/,
    ],
    [
      { ...twice, events: { A: { like: { event: 'B', how: 'again' } } } },
      /^event A .*like does not fit$/,
    ],
  ])('%o', (schedule, message) => {
    expect(() => requireSchedule(unchecked(schedule), HERE)).toThrow(message);
  });

  test('neither as a question nor by itself', async () => {
    const refused = { code: 'invalid_argument', message: 'this is no schedule' };
    const asked = openReceiver(receiver.handle, options);
    await expect(asked.converges(unchecked({}))).rejects.toMatchObject(refused);
    await asked.close();
    const played = playSchedule(receiver.handle, unchecked({}), options);
    await expect(played).rejects.toMatchObject(refused);
  });
});

test('a control that throws is one that failed', async () => {
  const restart = async (): Promise<void> => {
    throw new Error('no docker');
  };
  const { cases, problem } = await verifyReceiver(receiver.handle, {
    ...options,
    only: ['recovery/copy-after-restart'],
    controls: { restart },
  });
  expect(problem).toBe(null);
  expect(cases).toEqual([
    expect.objectContaining({
      verdict: 'inconclusive',
      actual: expect.stringContaining('controls.restart threw: no docker'),
    }),
  ]);
});

test.each([
  [[{ case: 'verification/nope', reason: 'r', expires: '2030-01-01' }], /no case matches/],
  [[{ case: 'verification/*', reason: 'r', expires: 'soon' }], /entry 1: expires is no day/],
])('an expectation that can never fit is told: %o', async (expectations, message) => {
  await expect(verifyReceiver(receiver.handle, { ...options, expectations })).rejects.toThrow(
    message,
  );
});

test('a question without content is not answered', async () => {
  const asked = openReceiver(receiver.handle, options);
  const refused = { code: 'invalid_argument' };
  for (const delivery of [5, [], [{}], { token: 5 }, null]) {
    await expect(asked.accepts(unchecked(delivery))).rejects.toMatchObject(refused);
  }
  for (const body of [undefined, 5, {}]) {
    await expect(asked.rejects(unchecked(body))).rejects.toMatchObject(refused);
  }
  await expect(asked.converges(twice, { times: 0 })).rejects.toMatchObject(refused);
  await asked.close();
});

describe('timers that a test has faked are told, where the run would never end', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    [['setTimeout', 'clearTimeout', 'Date'] as const, /^the timers of this process stand still/],
    [['Date'] as const, /^the date of this process stands still/],
  ])('%o', async (toFake, message) => {
    vi.useFakeTimers({ toFake: [...toFake] });
    const refused = {
      code: 'invalid_argument',
      message: expect.stringMatching(message),
      remedy: expect.stringContaining('useRealTimers'),
    };
    await expect(verifyReceiver(receiver.handle, options)).rejects.toMatchObject(refused);
    await expect(checkDedup({ create: () => async () => undefined })).rejects.toMatchObject(
      refused,
    );
  });

  test('fake timers that go on by themselves are fine', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const { problem } = await verifyReceiver(receiver.handle, options);
    expect(problem).toBe(null);
  });
});

describe('checkDedup', () => {
  test.each<[name: string, subject: unknown, message: RegExp]>([
    [
      'nothing',
      undefined,
      /^what is to be checked is undefined, and neither a handler nor a store$/,
    ],
    ['half a store', { claim: () => true }, /^what is to be checked is of type object/],
    [
      'a late store',
      { create: async () => async () => undefined },
      /^what create returns is a promise/,
    ],
    [
      'an effect without its event',
      {
        create:
          ({ effect }: { effect: (id: unknown) => Promise<void> }) =>
          async (event: { id: string }) =>
            effect(event.id),
      },
      /^effect was called without an event$/,
    ],
  ])('tells what is wrong with %s', async (_name, subject, message) => {
    await expect(checkDedup(unchecked(subject))).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringMatching(message),
    });
  });

  test('a count that is none breaks no rule, so it is told', async () => {
    const count = unchecked(() => '1');
    await expect(checkDedup(async () => undefined, { count })).rejects.toMatchObject({
      message: 'count returned string, and a number of effects was expected',
    });
  });

  test('a handler that returns at once is as good as one that is awaited', async () => {
    const done = new Map<string, number>();
    const subject = unchecked((event: { readonly id: string }) => void done.set(event.id, 1));
    const count = ({ id }: { readonly id: string }): number => done.get(id) ?? 0;
    const result = await checkDedup(subject, { count, seed: 1, maxRuns: 100 });
    expect(result.counterexample).toBe(null);
  });

  test('tells what a handler throws that never works', async () => {
    const subject: DedupSubject = {
      create: () => async () => {
        throw new TypeError('x is not a function');
      },
    };
    const { counterexample } = await checkDedup(subject, { seed: 1 });
    expect(counterexample?.interleaving).toContain(
      'the handler throws TypeError: x is not a function',
    );
  });
});

test('a count that never answers ends the run', async () => {
  const probe = createFunctionProbe(async () => new Promise<number>(() => undefined), {
    patienceMs: 20,
  });
  const maker = createEventMaker(createRandom(1), {
    keyField: 'id',
    handled: () => new Set(['checks.finished']),
    nowMs: Date.now,
  });
  const event = maker.event();
  await expect(probe.ask({ event, keys: keysOf(event), resourceId: '' })).rejects.toMatchObject({
    code: 'probe_failed',
    message: "the probe's function gave no answer within 0.02 s",
  });
});
