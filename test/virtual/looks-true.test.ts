/** Sentences that look true and are not, each with the scenario that shows it; they are a page, too. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createPolicy, policies } from '../../simulator/core/policy.js';
import { headroomOf } from '../../simulator/core/window.js';
import type { PolicyChoice } from '../../simulator/virtual/compile.js';
import type { Scenario } from '../../simulator/virtual/scenario.js';
import { simulate } from '../../simulator/virtual/simulate.js';
import { formatTime } from '../../simulator/virtual/units.js';

const page = readFileSync(new URL('../../docs/looks-true.md', import.meta.url), 'utf8');

type Case = readonly [
  variant: string,
  scenario: Scenario,
  policy: PolicyChoice,
  disabled: string,
  lost: number,
];

const recorded = (...lines: readonly (readonly [at: string, event: string])[]): Scenario => ({
  traffic: { kind: 'recorded', lines: lines.map(([at, event]) => ({ at, event })) },
  receiver: { kind: 'rejecting', events: 'checks.delayed', answer: 500 },
});

const twoPoisonous = recorded(['0s', 'checks.delayed'], ['20m', 'checks.delayed']);
const andOneGood = recorded(
  ['0s', 'checks.delayed'],
  ['20m', 'checks.delayed'],
  ['43m', 'checks.finished'],
);
const twoGoodOnePoisonous = recorded(
  ['-1s', 'checks.finished'],
  ['-1s', 'checks.finished'],
  ['0s', 'checks.delayed'],
);

/** Three events in an hour, then ten while the receiver is away; the first may fail once. */
const tenAfterThree = (blip: boolean): Scenario => ({
  traffic: [
    {
      kind: 'recorded',
      lines: ['0s', '10m', '20m'].map((at) => ({ at, event: 'checks.finished' })),
    },
    { kind: 'burst', at: '1h', count: 10, events: 'checks.finished' },
  ],
  receiver: [
    { kind: 'outage', from: '1h', until: '60m25s' },
    ...(blip ? [{ kind: 'outage', from: 0, until: '1s' } as const] : []),
  ],
});

const steady = {
  kind: 'constant',
  rate: '1/min',
  from: '-1h',
  until: '4h',
  events: 'checks.finished',
} as const;

const outage = (until: string): Scenario => ({
  traffic: steady,
  receiver: { kind: 'outage', from: 0, until },
});

const twoOutages = (first: string): Scenario => ({
  traffic: steady,
  receiver: [
    { kind: 'outage', from: 0, until: first },
    { kind: 'outage', from: '1h', until: '95m' },
  ],
  hooks: [{ name: 'main', reenableAfter: '30m' }],
});

const maintenance: Scenario = {
  traffic: steady,
  receiver: { kind: 'outage', from: '1m', until: '5m' },
  actions: [
    { kind: 'disable', at: '-1m' },
    { kind: 'enable', at: 0 },
  ],
};

const total = (rate: string): Scenario => ({
  traffic: { ...steady, rate },
  receiver: { kind: 'outage', from: 0 },
});

const sections: Readonly<Record<string, readonly Case[]>> = {
  'One more success never disables a hook': [
    ['two bad events', twoPoisonous, 'documented', 'never', 2],
    ['and a good one at 43 min', andOneGood, 'documented', 'at 43m, 9 of 10', 2],
  ],
  'One more failure never saves a hook': [
    ['the first event is taken', tenAfterThree(false), 'documented', 'at 1h, 9 of 11', 10],
    ['its first attempt fails', tenAfterThree(true), 'documented', 'never', 0],
  ],
  'A longer outage loses more events': [
    ['none', twoOutages('0s'), 'documented', 'at 1h31m, 113 of 141', 61],
    ['15 min', twoOutages('15m'), 'documented', 'at 1h34m, 125 of 155', 64],
    ['17 min', twoOutages('17m'), 'documented', 'never', 0],
    ['31 min', twoOutages('31m'), 'documented', 'never', 0],
    ['32 min', twoOutages('32m'), 'documented', 'at 31m, 113 of 141', 95],
  ],
  'One more attempt is one more chance': [
    ['five attempts', twoGoodOnePoisonous, { attemptsMin: 1, attemptsMax: 5 }, 'never', 1],
    ['six attempts', twoGoodOnePoisonous, 'literal', 'at 2h50m30s, 1 of 1', 1],
  ],
  'A rolling window is the strictest': [
    ['rolling, 31 min', outage('31m'), 'documented', 'never', 0],
    ['tumbling, 4 min', outage('4m'), { window: 'tumbling' }, 'at 3m30s, 10 of 10', 240],
    ['rolling, 32 min', outage('32m'), 'documented', 'at 31m, 113 of 141', 240],
    ['tumbling, 3 min', outage('3m'), { window: 'tumbling' }, 'never', 0],
  ],
  'A longer window is the milder one': [
    ['1 h', twoPoisonous, 'documented', 'never', 2],
    ['2 h', twoPoisonous, { windowMs: 7_200_000 }, 'at 1h2m30s, 10 of 10', 2],
  ],
  'A cleared window is a fresh start': [
    ['kept', maintenance, { onEnable: 'keep' }, 'never', 1],
    ['cleared', maintenance, 'documented', 'at 4m30s, 9 of 10', 240],
  ],
  'A higher attemptsMin gives more time': [
    ['1', total('1/min'), { attemptsMin: 1 }, 'at 31m, 113 of 141', 240],
    ['10', total('1/min'), { attemptsMin: 10 }, 'at 31m, 113 of 141', 240],
    ['141', total('1/min'), { attemptsMin: 141 }, 'at 31m, 113 of 141', 240],
    ['142', total('1/min'), { attemptsMin: 142 }, 'at 31m30s, 114 of 142', 240],
  ],
  'Little traffic is safe traffic': [
    ['10 a minute', total('10/min'), 'literal', 'at 31m36s, 1133 of 1416', 2400],
    ['1 a minute', total('1/min'), 'literal', 'at 31m, 113 of 141', 240],
    ['1 in 5 min', total('1/5min'), 'literal', 'at 30m, 23 of 28', 48],
    ['1 in 20 min', total('1/20min'), 'literal', 'at 20m, 5 of 6', 12],
  ],
};

const cases = Object.entries(sections).flatMap(([title, rows]) =>
  rows.map((row) => [title, ...row] as const),
);

test.each(cases)('%s: %s', async (title, variant, scenario, policy, disabled, lost) => {
  const { hooks, totals } = await simulate(scenario, { policy });
  const first = hooks[0]!.disabled.find(({ reason }) => reason === 'rule');
  const told =
    first === undefined
      ? 'never'
      : `at ${formatTime(first.atMs)}, ${first.failed} of ${first.counted}`;
  expect([told, totals.lost]).toEqual([disabled, lost]);
  const [, text = ''] = page.split(`## “${title}”`);
  const [section = ''] = text.split('\n## ');
  const row = new RegExp(`^\\| ${variant} +\\| ${disabled} +\\| +${lost} +\\|$`, 'm');
  expect(section).toMatch(row);
});

test('the page has no other section', () => {
  const titles = [...page.matchAll(/^## “(.+)”$/gm)].map(([, title]) => title);
  expect(titles).toEqual(Object.keys(sections));
});

test('nine failures are the smallest window that one more success makes trip', () => {
  const found: string[] = [];
  for (let total = 0; total < 12; total++) {
    for (let failed = 0; failed <= total; failed++) {
      const trips = (more: number): boolean =>
        headroomOf(policies.documented, failed, total + more) === 0;
      if (!trips(0) && trips(1)) found.push(`${failed} of ${total}`);
    }
  }
  expect(found).toEqual(['9 of 9']);
});

test('where a single attempt is enough to be judged, a success that is added never trips at once', () => {
  const policy = createPolicy({ attemptsMin: 1 });
  for (let total = 1; total < 200; total++) {
    for (let failed = 0; failed <= total; failed++) {
      if (headroomOf(policy, failed, total) === 0) continue;
      expect(headroomOf(policy, failed, total + 1)).toBeGreaterThan(0);
    }
  }
});
