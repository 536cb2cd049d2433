/** Probes that show the wrong thing, or nothing: the run says so, and how to mend it. */
import { describe, expect, test } from 'vitest';
import type { VerifyOptions } from '../../contracts/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { caseOf, check, checkSeen, essence, flawless, idsOf, stillClock } from './check.js';
import { createReceiver } from './receiver.js';
import { recordsPage, serve } from './serve.js';

type Show = Parameters<typeof recordsPage>[1];

const only = [
  'verification/canonical-token',
  'verification/alg-none',
  'idempotency/identical-copy',
];

/** Checks a right receiver by a probe that shows its records like this. */
const checkShown = async (show: Show, options: Partial<VerifyOptions> = {}) => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs });
  const origin = await serve(receiver, recordsPage(receiver, show));
  const probe = { url: `${origin}/records?id={eventId}` };
  return check(`${origin}/webhooks/truora`, { clock, only, probe, ...options });
};

const shows: Readonly<Record<'records' | 'echo' | 'number' | 'twice', Show>> = {
  records: (records) => records,
  echo: (records, id) => ({ asked: id, found: records.length }),
  number: (records) => ({ count: records.length }),
  twice: (records) => ({ records: records.map(({ id }) => ({ id, self: `/records/${id}` })) }),
};

describe('a probe by HTTP', () => {
  test('that shows the records is right as it is', async () => {
    expect(essence(await checkShown(shows.records))).toEqual(flawless);
  });

  test.each<readonly [string, Show, string, string]>([
    [
      'repeats the id',
      shows.echo,
      'the probe counts 1 for an event that was never sent',
      "add --probe-count '$.found'",
    ],
    [
      'shows a number only',
      shows.number,
      'does not contain the event’s id, but a number in it went from 0 to 1',
      "add --probe-count '$.count'",
    ],
    [
      'names the id twice for each record',
      shows.twice,
      'names the id 2 times for each effect',
      "add --probe-count '$.records' with the place of the records or of their number",
    ],
    [
      'shows nothing',
      () => [],
      'the probe never shows an effect',
      'check --probe by hand after one delivery, or raise --probe-settle if the receiver works later',
    ],
  ])('that %s is no proof, and the mend is named', async (_what, show, message, remedy) => {
    const result = await checkShown(show);
    expect(result.problem?.message).toContain(message);
    expect(result.problem?.remedy).toBe(remedy);
    expect(essence(result)).toMatchObject({ verdict: 'inconclusive', failed: [] });
    expect(idsOf(result, 'passed')).toEqual([]);
  });

  test.each([
    ['repeats the id', shows.echo, '$.found'],
    ['shows a number only', shows.number, '$.count'],
    ['names the id twice for each record', shows.twice, '$.records'],
  ])('that %s passes with the path that was named', async (_what, show, probeCount) => {
    expect(essence(await checkShown(show, { probeCount }))).toEqual(flawless);
  });

  test('that is not served is a problem, and not the receiver’s fault', async () => {
    const clock = stillClock();
    const origin = await serve(createReceiver({ nowMs: clock.nowMs }));
    const probe = { url: `${origin}/no-such-page?id={eventId}` };
    const result = await check(`${origin}/webhooks/truora`, { clock, only, probe });
    expect(essence(result)).toMatchObject({ verdict: 'inconclusive', failed: [] });
    expect(result.problem).not.toBeNull();
  });

  test.each([401, 500])('that is answered %i is a problem', async (status) => {
    const clock = stillClock();
    const origin = await serve(createReceiver({ nowMs: clock.nowMs }), ({ pathname }) =>
      pathname === '/records' ? new Response('no', { status }) : undefined,
    );
    const probe = { url: `${origin}/records?id={eventId}` };
    const result = await check(`${origin}/webhooks/truora`, { clock, only, probe });
    expect(result.summary.verdict).toBe('inconclusive');
    expect(result.problem?.message).toBe(`the probe was answered with status ${status}`);
  });
});

describe('a probe by function', () => {
  test('that fails from the middle of the run on leaves what was counted before', async () => {
    const clock = stillClock();
    const stored: (Partial<TruoraEvent> | null)[] = [];
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      remembers: () => false,
      eventsOf: ({ events }) => {
        if (!Array.isArray(events)) return undefined;
        stored.push(...(events as typeof stored));
        return [];
      },
    });
    // As a list in a test’s memory: one null in it, and every later look at it throws.
    const count = (event: TruoraEvent): number =>
      stored.filter((one) => one!.id === event.id).length;
    const result = await checkSeen({ ...receiver, count }, { clock, only: ['idempotency/*'] });
    expect(stored).toContain(null);
    expect(() => count({ id: '' } as TruoraEvent)).toThrow();
    expect(result.problem).toBeNull();
    expect(result.summary.verdict).toBe('failed');
    expect(result.findings[0]).toMatchObject({ cause: 'no-deduplication' });
    expect(caseOf(result, 'idempotency/identical-copy').actual).toBe('applied 2 times');
  });

  test('that fails from the first forgery on stops the run, and proves no effect', async () => {
    const clock = stillClock();
    let gone = false;
    const receiver = createReceiver({
      nowMs: clock.nowMs,
      refuse: (status, body) => {
        gone ||= body.length > 100;
        return new Response(null, { status });
      },
    });
    const count = (event: TruoraEvent): number => {
      if (gone) throw new Error('the store is gone');
      return receiver.count(event);
    };
    const result = await checkSeen({ ...receiver, count }, { clock, only });
    expect(result.problem).toEqual({
      message: "effects could not be counted: the probe's function threw: the store is gone",
      remedy: 'return how many effects the event had: 0, 1, 2 …',
    });
    expect(result.summary.verdict).toBe('inconclusive');
    expect(idsOf(result, 'passed')).toEqual(['verification/alg-none']);
    expect(caseOf(result, 'idempotency/identical-copy')).toMatchObject({
      verdict: 'inconclusive',
      actual: 'the probe failed',
    });
  });

  test.each([
    ['NaN', NaN],
    ['text', '1' as unknown as number],
    ['a negative number', -1],
    ['nothing', undefined as unknown as number],
  ])('that returns %s is a problem', async (_what, answer) => {
    const clock = stillClock();
    const receiver = createReceiver({ nowMs: clock.nowMs });
    const result = await checkSeen({ ...receiver, count: () => answer }, { clock, only });
    expect(result.summary.verdict).toBe('inconclusive');
    expect(result.problem?.message).toContain('expected a number of effects');
  });

  test('that counts every event counts too much', async () => {
    const clock = stillClock();
    const receiver = createReceiver({ nowMs: clock.nowMs });
    const count = (): number => receiver.applied.length;
    const result = await checkSeen({ ...receiver, count }, { clock, only });
    expect(essence(result).verdict).not.toBe('passed');
  });
});

test('a command is given no key that a shell could misread, and the run goes on without that case', async () => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs });
  const origin = await serve(receiver, recordsPage(receiver, shows.records));
  const script = `fetch(process.argv[1]).then(async (answer) => console.log(await answer.text()))`;
  const probe = {
    command: `"${process.execPath}" -e '${script}' '${origin}/records?id={eventId}'`,
  };
  const result = await check(`${origin}/webhooks/truora`, {
    clock,
    probe,
    products: ['checks'],
    only: ['verification/canonical-token', 'idempotency/keys-that-look-alike'],
  });
  expect(essence(result)).toEqual(flawless);
  expect(caseOf(result, 'idempotency/keys-that-look-alike')).toMatchObject({
    verdict: 'notObservable',
    actual: 'cannot be seen: --probe-cmd is given no such key; use --probe',
  });
});

test('a page that fails for a key that its column cannot hold leaves that case alone unseen', async () => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs });
  const records = recordsPage(receiver, shows.records);
  const origin = await serve(receiver, (url, method) =>
    /[^\w]/u.test(url.searchParams.get('id') ?? '')
      ? new Response(null, { status: 500 })
      : records(url, method),
  );
  const result = await check(`${origin}/webhooks/truora`, {
    clock,
    probe: { url: `${origin}/records?id={eventId}` },
    products: ['checks'],
    only: ['verification/canonical-token', 'idempotency/keys-that-look-alike'],
  });
  expect(essence(result)).toEqual(flawless);
  expect(caseOf(result, 'idempotency/keys-that-look-alike')).toMatchObject({
    verdict: 'notObservable',
    actual: 'cannot be seen: the probe fails for such a key',
  });
});
