/**
 * A run of a few hundred steps in which all happens that mostly happens: retries and their end, what
 * leaves the window, answers that take time, hooks disabled and enabled.
 *
 * The compiler optimises the engine for what it has seen. A long run begins with an hour in which
 * nothing leaves the window, and hours in which no delivery is given up; each time something happens
 * first, its code would be thrown away and made anew, which takes longer than playing 100 000
 * attempts. After a rehearsal, which takes a millisecond, all has been seen.
 */
import { policies } from '../core/policy.js';
import { choosePolicy, compile } from './compile.js';
import { play } from './engine.js';
import { createRun } from './run.js';
import type { Behaviour, Scenario } from './scenario.js';

const SECONDS = 100;

const behaviours: Behaviour[] = [
  { kind: 'failing', share: '90%', of: 'attempts', until: SECONDS * 400 },
  { kind: 'failing', share: '30%', of: 'attempts' },
  { kind: 'healthy', latency: { min: 0, max: 2000 }, until: SECONDS * 600 },
];

const scenario: Scenario = {
  accounts: 2,
  traffic: { kind: 'constant', rate: '2/s', count: SECONDS * 2, events: 'checks.finished' },
  hooks: [{ name: 'main', receiver: behaviours, reenableAfter: '10s' }],
};

let isDone = false;

/** Does so once in a process, or a thread. */
export const rehearse = (): void => {
  if (isDone) return;
  isDone = true;
  const delaysMs = [1000, 2000, 3000, 4000, 5000];
  // With the rule, and without it: a hook that it disables exhausts no delivery.
  for (const threshold of [policies.documented.threshold, { numerator: 1, denominator: 1 }]) {
    const policy = choosePolicy({ delaysMs, windowMs: 20_000, threshold });
    const planOf = compile(scenario, { policy, seed: 1, untilMs: Number.POSITIVE_INFINITY });
    const run = createRun(planOf(0), undefined);
    play(run, 10_000);
    play(createRun(planOf(1), undefined, run), 10_000);
  }
};
