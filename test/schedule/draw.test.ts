import { describe, expect, test } from 'vitest';
import { allSchedules } from '../../contracts/schedule/exhaustive.js';
import { drawSchedules, schedules, swarmSchedules } from '../../contracts/schedule/generate.js';
import type { Scope } from '../../contracts/schedule/generate.js';
import { namesIn } from '../../contracts/schedule/schedule.js';

const scope: Scope = {
  kinds: ['deliver', 'copy', 'batch', 'concurrent', 'forge', 'fail-next'],
  stories: [['checks.created', 'checks.started', 'checks.finished']],
};

describe('drawn schedules', () => {
  const drawn = drawSchedules(schedules(scope), { seed: 1, count: 500 });

  test('are the same for the same seed, and others for another', () => {
    expect(drawSchedules(schedules(scope), { seed: 1, count: 500 })).toEqual(drawn);
    expect(drawSchedules(schedules(scope), { seed: 2, count: 500 })).not.toEqual(drawn);
  });

  test('name only events that they have, and do only what the set-up allows', () => {
    for (const { events, commands } of drawn) {
      for (const name of commands.flatMap(namesIn)) expect(events).toHaveProperty(name);
      for (const { do: kind } of commands) expect(scope.kinds).toContain(kind);
    }
  });

  test('have every kind of step, twins, and events of one resource in their order', () => {
    const kinds = new Set(drawn.flatMap(({ commands }) => commands.map(({ do: kind }) => kind)));
    expect([...kinds].toSorted()).toEqual([...scope.kinds].toSorted());
    const likes = drawn.flatMap(({ events }) => Object.values(events).map(({ like }) => like?.how));
    expect(likes).toContain('next-key');
    expect(likes).toContain('same-resource');
  });

  test('leave kinds out in a swarm', () => {
    const swarm = drawSchedules(swarmSchedules(scope), { seed: 1, count: 200 });
    const withoutFaults = swarm.filter(({ commands }) =>
      commands.every(({ do: kind }) => kind === 'deliver' || kind === 'copy'),
    );
    expect(withoutFaults.length).toBeGreaterThan(10);
  });
});

describe('all schedules', () => {
  test.each([
    [1, undefined, 1],
    [2, undefined, 1 + 3],
    [3, undefined, 1 + 3 + 15],
    // Each order of 2n deliveries without a fault, and with one before each of them.
    [3, 'restart', 1 * 3 + 3 * 5 + 15 * 7],
  ] as const)('of up to %i events with fault %s are %i', (events, fault, count) => {
    const all = allSchedules(events, fault);
    expect(all).toHaveLength(count);
    expect(new Set(all.map((one) => JSON.stringify(one))).size).toBe(count);
  });
});
