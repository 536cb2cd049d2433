import { describe, expect, test } from 'vitest';
import { createPolicy } from '../../simulator/core/policy.js';
import { createAnswerBook } from '../../simulator/virtual/answers.js';
import { answerTo } from '../../simulator/virtual/behaviours.js';
import { createDuration } from '../../simulator/virtual/latencies.js';
import { matchPairs } from '../../simulator/virtual/patterns.js';
import { createReceiverModel, seedReceiver } from '../../simulator/virtual/receiver-models.js';
import type { Behaviour } from '../../simulator/virtual/scenario.js';

const policy = createPolicy({ timeoutMs: 3000 });

/** Asks a receiver: `200 after 5`, or `200, not done` for what it answers without doing it. */
const receiverOf = (behaviours: Behaviour | readonly Behaviour[]) => {
  const answers = createAnswerBook(policy);
  const model = createReceiverModel(behaviours, { policy, answers }, ['receiver']);
  seedReceiver(model, 'label');
  return (atMs: number, event = 0, attempt = 1, name = 'checks.finished'): string => {
    const [pair = 0] = matchPairs(name, []);
    const { label, processed, failed } =
      answers.answers[answerTo(model, event, pair, attempt, atMs)]!;
    const took = model.durationMs > 0 ? ` after ${model.durationMs}` : '';
    return `${label}${took}${processed ? '' : ', not done'}${failed ? ', failed' : ''}`;
  };
};

test.each<[behaviours: Behaviour | readonly Behaviour[], answer: string]>([
  [[], '200'],
  [{ kind: 'healthy' }, '200'],
  [{ kind: 'healthy', latency: 3000 }, '200 after 3000'],
  [{ kind: 'healthy', latency: 3001 }, 'late after 3000, failed'],
  [{ kind: 'slow', latency: '2s' }, '200 after 2000'],
  [{ kind: 'slow', latency: '4s' }, 'late after 3000, failed'],
  [{ kind: 'outage' }, 'refused, not done, failed'],
  [{ kind: 'outage', answer: 503 }, '503, not done, failed'],
  [{ kind: 'outage', answer: 302 }, '302, not done, failed'],
  [{ kind: 'outage', answer: 204 }, '204'],
  [{ kind: 'outage', answer: 'timeout' }, 'timeout after 3000, not done, failed'],
  [{ kind: 'outage', answer: 'connect-timeout' }, 'connect-timeout after 3000, not done, failed'],
  [{ kind: 'outage', answer: 'dns' }, 'dns, not done, failed'],
  [{ kind: 'failing', share: 1 }, '500, not done, failed'],
  [{ kind: 'failing', share: 0 }, '200'],
  [{ kind: 'rejecting', events: 'checks.*' }, '404, not done, failed'],
  [{ kind: 'rejecting', events: ['digital_identity.*'] }, '200'],
])('%j answers %s', (behaviours, answer) => {
  expect(receiverOf(behaviours)(0)).toBe(answer);
});

test('a behaviour applies from its beginning until before its end', () => {
  const ask = receiverOf({ kind: 'outage', from: 10, until: 20 });
  expect([9, 10, 19, 20].map((atMs) => ask(atMs))).toEqual([
    '200',
    'refused, not done, failed',
    'refused, not done, failed',
    '200',
  ]);
});

test('of several behaviours the first that applies decides', () => {
  const ask = receiverOf([
    { kind: 'rejecting', events: 'checks.created' },
    { kind: 'outage', answer: 503, from: 10 },
    { kind: 'healthy', latency: 7 },
  ]);
  expect(ask(10, 0, 1, 'checks.created')).toContain('404');
  expect(ask(10)).toContain('503');
  expect(ask(9)).toBe('200 after 7');
});

describe('what fails for a share', () => {
  const failures = (behaviour: Behaviour, attempt: number): readonly number[] => {
    const ask = receiverOf(behaviour);
    return Array.from({ length: 5000 }, (_, event) => event).filter((event) =>
      ask(0, event, attempt).endsWith('failed'),
    );
  };

  test('fails about that share of the events, and those always', () => {
    const first = failures({ kind: 'failing', share: '30%' }, 1);
    expect(first.length / 5000).toBeCloseTo(0.3, 1);
    expect(failures({ kind: 'failing', share: '30%' }, 2)).toEqual(first);
  });

  test('fails attempts anew where it is of attempts', () => {
    const behaviour = { kind: 'failing', share: '30%', of: 'attempts' } as const;
    const [first, second] = [failures(behaviour, 1), failures(behaviour, 2)];
    expect(second.length / 5000).toBeCloseTo(0.3, 1);
    expect(first.filter((event) => second.includes(event)).length / 5000).toBeCloseTo(0.09, 1);
  });

  test('fails in an even rhythm where it is spread so', () => {
    const even = failures({ kind: 'failing', share: '2/5', spread: 'even' }, 1);
    expect(even.slice(0, 4)).toEqual([2, 4, 7, 9]);
    expect(even).toHaveLength(2000);
  });

  test('is slow for that share', () => {
    const slow = failures({ kind: 'slow', share: '20%', latency: '5s' }, 1);
    expect(slow.length / 5000).toBeCloseTo(0.2, 1);
  });
});

test('a flapping receiver is up first, then down, from its beginning on', () => {
  const ask = receiverOf({ kind: 'flapping', up: 3, down: 2, from: 10 });
  const isUp = Array.from({ length: 22 }, (_, atMs) => (ask(atMs) === '200' ? 'u' : 'd')).join('');
  expect(isUp).toBe('uuuuuuuuuuuuuudduuudduuudd'.slice(1, 23));
});

describe('a receiver of some capacity', () => {
  test('works off one after the other, and refuses what its queue cannot hold', () => {
    const ask = receiverOf({ kind: 'capacity', rate: '1/s', backlog: 2 });
    expect([ask(0), ask(0), ask(0), ask(0)]).toEqual([
      '200 after 1000',
      '200 after 2000',
      '200 after 3000',
      '503, not done, failed',
    ]);
    expect(ask(500)).toContain('503');
    expect(ask(1000)).toBe('200 after 3000');
    expect(ask(60_000)).toBe('200 after 1000');
  });

  test('does what it answers too late', () => {
    const ask = receiverOf({ kind: 'capacity', rate: '1/2s' });
    expect([ask(0), ask(0)]).toEqual(['200 after 2000', 'late after 3000, failed']);
  });

  test('loses no millisecond to the noise of sums', () => {
    const ask = receiverOf({ kind: 'capacity', rate: '10/ms' });
    expect(Array.from({ length: 30 }, () => ask(0)).at(-1)).toBe('200 after 3');
    const other = receiverOf({ kind: 'capacity', rate: '10/ms' });
    expect(Array.from({ length: 30 }, () => other(1_000_003)).at(-1)).toBe('200 after 3');
  });
});

describe('a latency', () => {
  const drawn = (latency: Parameters<typeof createDuration>[0]): readonly number[] => {
    const durationOf = createDuration(latency, 7, []);
    return Array.from({ length: 20_000 }, (_, event) => durationOf(event, 1)).toSorted(
      (a, b) => a - b,
    );
  };

  test('is always the same where it is one duration', () => {
    expect(new Set(drawn('2s'))).toEqual(new Set([2000]));
  });

  test('is spread evenly, both ends included', () => {
    const durations = drawn({ min: 1, max: 4 });
    for (const ms of [1, 2, 3, 4]) {
      expect(durations.filter((one) => one === ms).length / durations.length).toBeCloseTo(0.25, 1);
    }
    expect([durations[0], durations.at(-1)]).toEqual([1, 4]);
  });

  test('has its median and its 99th percentile', () => {
    const durations = drawn({ median: '200ms', p99: '2s' });
    expect(durations[10_000]! / 200).toBeCloseTo(1, 1);
    expect(durations[19_800]! / 2000).toBeCloseTo(1, 0);
  });

  test('is the same for the same attempt of the same event', () => {
    const durationOf = createDuration({ min: 0, max: 1e6 }, 7, []);
    expect(durationOf(3, 2)).toBe(durationOf(3, 2));
    expect(durationOf(3, 2)).not.toBe(durationOf(3, 1));
    expect(durationOf(3, 2)).not.toBe(durationOf(4, 2));
    expect(durationOf(3, 2)).not.toBe(createDuration({ min: 0, max: 1e6 }, 8, [])(3, 2));
  });
});
