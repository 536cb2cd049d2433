/** The one test of virtual runs that waits in real time: about 4.5 s. */
import { expect, test } from 'vitest';
import { createPolicy } from '../../simulator/core/policy.js';
import type { LedgerAttempt } from '../../simulator/virtual/ledger.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { type LiveRow, scriptedReceiver, sendLive, signEvents } from './live.js';
import { playFast } from './play-fast.js';

// The documented delays and window, 1500 times as fast, with five attempts.
const policy = createPolicy({
  attemptsMax: 5,
  delaysMs: [20, 80, 320, 1280],
  windowMs: 2400,
  timeoutMs: 150,
});

const GOOD = 'checks.finished';
const BAD = 'checks.delayed';

// Instants chosen for their distance from each other and from the edge of every window.
const events = [
  { atMs: 0, name: GOOD },
  { atMs: 610, name: BAD },
  { atMs: 810, name: GOOD },
  { atMs: 1170, name: GOOD },
  { atMs: 1330, name: GOOD },
  { atMs: 1580, name: BAD },
  { atMs: 1760, name: GOOD },
  { atMs: 2120, name: BAD },
  { atMs: 3460, name: BAD },
] as const;

const MARGIN_MS = 70;

const scenario: Scenario = {
  policy: { ...policy },
  traffic: { kind: 'recorded', lines: events.map(({ atMs: at, name: event }) => ({ at, event })) },
  receiver: [
    { kind: 'rejecting', events: BAD, answer: 500 },
    { kind: 'outage', answer: 'reset', from: 1170, until: 1175 },
    { kind: 'outage', answer: 'timeout', from: 1760, until: 1765 },
  ],
};

const isAttempt = (row: { readonly kind: string }): row is LedgerAttempt => row.kind === 'attempt';

/** Milliseconds by which an attempt may be late before it changes places or windows. */
const marginOf = (attempts: readonly LedgerAttempt[]): number => {
  const marks = attempts.flatMap(({ event, startedAtMs, atMs }) => [
    { event, atMs },
    { event, atMs: startedAtMs },
  ]);
  const distances = marks.flatMap((one) =>
    marks.flatMap((other) => [
      one.event === other.event ? Infinity : Math.abs(one.atMs - other.atMs),
      Math.abs(one.atMs - other.atMs - policy.windowMs),
    ]),
  );
  return Math.min(...distances);
};

test(
  'a live sender keeps the ledger that the simulation foretells',
  // A machine may be so busy for a moment that an attempt is later than the margin.
  { retry: 3 },
  async () => {
    const { rows, hooks } = await playFast(scenario);
    const attempts = rows.filter(isAttempt);
    expect(marginOf(attempts)).toBeGreaterThanOrEqual(MARGIN_MS);

    const deliveries = signEvents(events, 1);
    const origin = await scriptedReceiver((id, number) => {
      const event = deliveries.findIndex((delivery) => delivery.id === id);
      const row = attempts.find((one) => one.event === event && one.attempt === number);
      return row?.answer ?? '418';
    });
    const live = await sendLive(policy, `${origin}/hook`, events, deliveries);

    const foretold = attempts.map(
      ({ event, attempt, answer, failed, windowFailed, windowTotal, next }): LiveRow => ({
        event,
        attempt,
        answer,
        failed,
        windowFailed,
        windowTotal,
        next,
      }),
    );
    expect(live.rows).toEqual(foretold);
    const [{ failed, counted, ordinal, event }] = hooks[0]!.disabled as [
      (typeof hooks)[0]['disabled'][0],
    ];
    expect({ failed, counted, ordinal, event: event?.number }).toEqual({
      failed: 13,
      counted: 16,
      ordinal: 21,
      event: 5,
    });
    expect(live.disabled).toMatchObject([
      { reason: 'rule', failed, total: counted, attemptOrdinal: ordinal, by: event?.number },
    ]);
    expect(live.missed).toEqual(rows.flatMap((row) => (row.kind === 'missed' ? row.event : [])));
  },
);
