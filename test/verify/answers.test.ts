/** What comes back with an acknowledgement, and what a report may tell of a compressed delivery. */
import { describe, expect, test } from 'vitest';
import { caseOf, check, checkSeen, idsOf, stillClock } from './check.js';
import { createReceiver } from './receiver.js';

const PAGE =
  '<!doctype html><html><head><title> Log in </title></head><body><form></form></body></html>';

const page = (): Response => new Response(PAGE, { headers: { 'content-type': 'text/html' } });

const PAGE_CASE = 'transport/ends-at-a-page';

describe('a page', () => {
  test('in the receiver’s place is named by its title', async () => {
    const result = await check(page, { clock: stillClock(), probe: () => 0, only: ['P49'] });
    expect(caseOf(result, PAGE_CASE)).toMatchObject({
      verdict: 'failed',
      actual: 'status 200 with the page “Log in”, and no effect',
    });
  });

  test('that an effect comes with is no fault', async () => {
    const clock = stillClock();
    const receiver = createReceiver({ nowMs: clock.nowMs, respond: page });
    const result = await checkSeen(receiver, { clock, only: ['P49', 'V001'] });
    expect(caseOf(result, PAGE_CASE).verdict).toBe('passed');
  });

  test('without a probe says nothing', async () => {
    const clock = stillClock();
    const { handle } = createReceiver({ nowMs: clock.nowMs, respond: page });
    const result = await check(handle, { clock, only: ['P49'] });
    expect(caseOf(result, PAGE_CASE).verdict).toBe('notObservable');
  });

  test('is not what a word of HTML is', async () => {
    const clock = stillClock();
    const respond = () => new Response('ok', { headers: { 'content-type': 'text/html' } });
    const { handle } = createReceiver({ nowMs: clock.nowMs, respond });
    const result = await check(handle, { clock, only: ['P49'] });
    expect(caseOf(result, PAGE_CASE).verdict).toBe('passed');
  });
});

test.each([
  [1 << 20, []],
  [(1 << 20) + 1, ['transport/answer-size']],
])('an answer of %i bytes', async (length, failed) => {
  const clock = stillClock();
  const respond = () => new Response(' '.repeat(length));
  const receiver = createReceiver({ nowMs: clock.nowMs, respond });
  expect(idsOf(await checkSeen(receiver, { clock, only: ['P54'] }), 'failed')).toEqual(failed);
});

test('a compressed delivery is in no report: inflated, it would be valid', async () => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs });
  const result = await checkSeen(receiver, { clock, only: ['P12'] });
  const bodies = caseOf(result, 'transport/compressed').attempts.map(
    ({ transcript }) => transcript.request.body,
  );
  expect(bodies).toHaveLength(3);
  for (const body of bodies) expect(body).toMatchObject({ text: '…', withheld: 'signature' });
});

test('a server that does not know a method may say so with 501', async () => {
  const clock = stillClock();
  const receiver = createReceiver({
    nowMs: clock.nowMs,
    refuse: (status) => new Response(null, { status: status === 405 ? 501 : status }),
  });
  const only = ['P02', 'P03', 'P04', 'response/no-5xx-on-bad-input'];
  expect(idsOf(await checkSeen(receiver, { clock, only }), 'failed')).toEqual([]);
});
