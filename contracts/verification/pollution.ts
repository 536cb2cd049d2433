import type { CaseContext, ContractCase, Observations } from '../runner/case.js';
import { watchAbsent } from '../runner/watch.js';
import { createForgeKit, signed } from './forge.js';
import { actsOnNone } from './idle.js';

/**
 * Hides an event under `__proto__` in one delivery and sends no events at all in the next: its effect
 * can only come from what the first one left behind.
 */
const run = async (context: CaseContext): Promise<Observations> => {
  const event = context.event();
  const { key, claims } = createForgeKit(context, event);
  const { events, ...rest } = claims;
  const hidden = JSON.stringify({ ...rest, events: [] });
  const left = await context.send(
    'oddity',
    [event],
    signed({ payload: `${hidden.slice(0, -1)},"__proto__":${JSON.stringify({ events })}}`, key }),
    { label: '__proto__ with events' },
  );
  const next = await context.send('oddity', [], signed({ payload: rest, key }), {
    label: 'no events, right after it',
  });
  const attempts = [left, next];
  return {
    attempts,
    watched: watchAbsent(attempts),
    // What becomes of claims without events is judged elsewhere.
    judge: (seen) => actsOnNone(attempts, seen),
  };
};

export const pollution: readonly ContractCase[] = [
  {
    kind: 'sends',
    id: 'verification/proto-kept',
    catalogue: 'V255',
    suite: 'verification',
    family: 'prototype-pollution',
    level: 'should',
    severity: 'medium',
    title: 'keeps nothing of a claim named __proto__',
    rule: 'What one delivery says is not there in the next one.',
    source: 'prototype pollution, CWE-1321',
    why: 'A claim named __proto__ changes every object of your process: later deliveries, and other people’s requests, see claims that they never had.',
    fix: 'Do not merge claims into objects of your own; copy the members that you need, by name.',
    needs: ['effects'],
    stage: 'last',
    run,
  },
];
