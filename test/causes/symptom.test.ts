import { describe, expect, test } from 'vitest';
import { symptomOf } from '../../contracts/causes/symptom.js';

const one = {
  ...({ intent: 'genuine', events: ['a'], status: 200, effects: 1 } as const),
  ...{ atMs: 0, latencyMs: 5 },
} as const;

describe('how a case failed', () => {
  test.each([
    ['taken', { ...one, intent: 'hostile' }],
    ['taken', { ...one, intent: 'hostile', effects: null }],
    ['repeated', { ...one, effects: 2 }],
    ['repeated', { ...one, intent: 'oddity', status: 500, effects: 2 }],
    ['lost', { ...one, effects: 0 }],
    ['lost', { ...one, intent: 'oddity', events: ['a', 'b'] }],
    ['late', { ...one, status: null, failure: 'timeout', effects: 0 }],
    ['cut', { ...one, status: null, failure: 'reset' }],
    ['broken', { ...one, status: 500, effects: 0 }],
    ['broken', { ...one, intent: 'hostile', status: 503, effects: 0 }],
    ['refused', { ...one, status: 400, effects: 0 }],
    ['refused', { ...one, status: 307, effects: null }],
    [undefined, one],
    [undefined, { ...one, effects: null }],
    [undefined, { ...one, intent: 'hostile', effects: 0 }],
    [undefined, { ...one, intent: 'hostile', status: 400, effects: null }],
    [undefined, { ...one, intent: 'oddity', status: 405, effects: 0 }],
  ] as const)('%s: %o', (symptom, attempt) => {
    expect(symptomOf([attempt])).toBe(symptom);
  });

  test('is the gravest of what its attempts show', () => {
    const late = { ...one, status: null, failure: 'timeout', effects: 0 };
    expect(symptomOf([one, late, { ...one, effects: 2 }, { ...one, status: 400 }])).toBe(
      'repeated',
    );
    expect(symptomOf([])).toBeUndefined();
  });

  test.each([
    ['repeated', 2, 2],
    ['repeated-at-times', 2, 3],
    [undefined, 1, 3],
  ] as const)('%s: %i effects of %i copies', (symptom, effects, copies) => {
    const attempts = Array.from({ length: copies }, (_, index) => ({
      ...one,
      effects,
      atMs: index * 10,
    }));
    expect(symptomOf(attempts)).toBe(symptom);
    expect(symptomOf([...attempts, { ...one, status: 503, effects }])).toBe(symptom ?? 'broken');
    const atOnce = attempts.map((attempt) => ({ ...attempt, atMs: 0 }));
    expect(symptomOf(atOnce)).toBe(effects > 1 ? 'repeated' : undefined);
  });
});
