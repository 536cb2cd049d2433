/** Attempts and sights made by hand: what a judgement is given. */
import type { Attempt, Intent, Judgement, Seen } from '../../contracts/runner/case.js';
import type { TruoraEvent } from '../../simulator/index.js';

export const eventOf = (name: string): TruoraEvent => ({
  id: `HKE${name}`,
  event_type: 'check',
  event_action: 'finished',
  version: '1.0',
  timestamp: '2026-01-02T03:04:05Z',
  object: { check_id: `CHK${name}` },
});

/** A status, or the way in which no answer came. */
export type Answer = number | 'reset' | 'timeout' | 'refused' | 'dns' | 'tls';

export const attemptOf = (
  answer: Answer,
  changes: {
    readonly label?: string;
    readonly intent?: Intent;
    readonly events?: readonly TruoraEvent[];
  } = {},
): Attempt => ({
  caseId: 'verification/example',
  label: 'delivery',
  intent: 'hostile',
  events: [eventOf('one')],
  request: {
    method: 'POST',
    url: 'http://receiver.test/webhooks/truora',
    headers: [],
    body: new Uint8Array(),
    bodyBytes: 0,
    bodyDigest: '',
  },
  exchange: {
    outcome:
      typeof answer === 'number'
        ? { kind: 'response', status: answer, redirects: 0 }
        : { kind: 'failure', failure: answer, detail: 'made by hand' },
    headers: {},
    body: new Uint8Array(),
    latencyMs: 3,
  },
  atMs: 10,
  ...changes,
});

/**
 * What was seen in the end: effects by the event's name, `'broken'` for a probe that failed, and
 * nothing at all where there is no probe.
 */
export const seenOf = (
  effects: Readonly<Record<string, number>> | 'broken' | undefined,
  facts: Partial<Seen['facts']> = {},
): Seen => ({
  facts: {
    effects: effects !== undefined,
    statusBlind: false,
    latestPerResource: false,
    brokenFirst: new Set<string>(),
    handled: new Set(['checks.finished']),
    contentType: 'application/jwt',
    ...facts,
  },
  count: ({ id }) =>
    effects === undefined || effects === 'broken' ? undefined : (effects[id.slice(3)] ?? 0),
});

export const judgementOf = (
  verdict: Judgement['verdict'],
  expected: string,
  actual: string,
): Judgement => ({ verdict, expected, actual });
