/** Runs of shipped scenarios with their timelines. */
import { readFileSync } from 'node:fs';
import type { DeliveryPolicy } from '../../../simulator/core/policy.js';
import type { Timeline } from '../../../simulator/virtual/picture/model.js';
import {
  type TimelineOptions,
  createTimeline,
} from '../../../simulator/virtual/picture/timeline.js';
import type { SimulationResult } from '../../../simulator/virtual/result.js';
import { type SimulateOptions, simulate } from '../../../simulator/virtual/simulate.js';
import type { Scenario } from '../../../simulator/virtual/scenario.js';

export interface Played {
  readonly timeline: Timeline;
  readonly result: SimulationResult;
}

export const play = async (
  scenario: Scenario,
  options: Omit<SimulateOptions, 'listen'> = {},
  bounds: TimelineOptions = {},
): Promise<Played> => {
  const { listen, timeline } = createTimeline(bounds);
  const result = await simulate(scenario, { ...options, listen });
  return { result, timeline: timeline(result) };
};

export const shipped = (name: string): Scenario => {
  const file = new URL(`../../../fixtures/scenarios/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Scenario;
};

/** A scenario whose names and answers try to leave the place that they are put in. */
export const awkward = (name: string): Scenario => ({
  name,
  traffic: { kind: 'constant', rate: '1/min', until: '90m', events: 'checks.finished' },
  receiver: { kind: 'outage', from: '20m' },
  hooks: [
    { name: `${name} one`, reenableAfter: '20m' },
    { name: `${name} two`, events: 'checks.*' },
  ],
  actions: [{ kind: 'poll', at: '70m' }],
});

export const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return Object.freeze(value);
};

export const alwaysJudged: Partial<DeliveryPolicy> = { attemptsMin: 1 };
