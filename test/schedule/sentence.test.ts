import { expect, test } from 'vitest';
import type { Schedule } from '../../contracts/schedule/schedule.js';
import { describeSchedule } from '../../contracts/schedule/sentence.js';

test.each<readonly [string, Schedule]>([
  [
    'two copies of A at the same moment → 2 effects of A',
    { events: { A: {} }, commands: [{ do: 'concurrent', events: ['A', 'A'] }] },
  ],
  [
    'the effect of A fails once, then a delivery of A, then A again → 2 effects of A',
    {
      events: { A: {} },
      commands: [
        { do: 'fail-next', event: 'A' },
        { do: 'deliver', event: 'A' },
        { do: 'deliver', event: 'A' },
      ],
    },
  ],
  [
    'a delivery with A and B, then 200 min (A is checks.created; B is checks.finished; B is a later event of A’s resource) → 2 effects of A',
    {
      events: {
        A: { pair: 'checks.created' },
        B: { pair: 'checks.finished', like: { event: 'A', how: 'same-resource' } },
      },
      commands: [
        { do: 'batch', events: ['A', 'B'] },
        { do: 'advance', minutes: 200 },
      ],
    },
  ],
])('%s', (sentence, schedule) => {
  expect(describeSchedule(schedule, '2 effects of A')).toBe(sentence);
});
