import { describe, expect, test } from 'vitest';
import { lengthOf, withoutUnused } from '../../contracts/schedule/schedule.js';
import type { Command, Schedule } from '../../contracts/schedule/schedule.js';
import { simpler } from '../../contracts/schedule/shrink.js';

const scheduleOf = (...commands: readonly Command[]): Schedule => ({
  events: { A: {}, B: { like: { event: 'A', how: 'next-key' } }, C: { pair: 'checks.finished' } },
  commands,
});

/** The smallest that still fails, as the fuzzer goes about it. */
const shrunk = (schedule: Schedule, fails: (one: Schedule) => boolean): Schedule => {
  const next = simpler(schedule).find(fails);
  return next === undefined ? schedule : shrunk(next, fails);
};

const has =
  (...kinds: readonly Command['do'][]) =>
  ({ commands }: Schedule): boolean =>
    kinds.every((kind) => commands.some((command) => command.do === kind));

const long = scheduleOf(
  { do: 'forge', event: 'B' },
  { do: 'fail-next', event: 'C' },
  { do: 'batch', events: ['A', 'B', 'C'] },
  { do: 'concurrent', events: ['C', 'C', 'A', 'C'] },
  { do: 'advance', minutes: 200 },
  { do: 'copy', event: 'C' },
  { do: 'many', events: 3000 },
);

describe('a schedule shrinks', () => {
  test('to the one command that matters', () => {
    const smallest = shrunk(long, has('forge'));
    expect(smallest).toEqual({ events: { A: {} }, commands: [{ do: 'forge', event: 'A' }] });
  });

  test('to two copies at the same moment, and no further', () => {
    const fails = ({ commands }: Schedule): boolean =>
      commands.some(
        (command) =>
          command.do === 'concurrent' && new Set(command.events).size < command.events.length,
      );
    const smallest = shrunk(long, fails);
    expect(smallest.commands).toEqual([{ do: 'concurrent', events: ['A', 'A'] }]);
    expect(smallest.events).toEqual({ A: {} });
    expect(lengthOf(smallest)).toBe(2);
  });

  test('to the first row of the retry table that fails', () => {
    const fails = ({ commands }: Schedule): boolean =>
      commands.some((command) => command.do === 'advance' && command.minutes > 5);
    expect(shrunk(long, fails).commands).toEqual([{ do: 'advance', minutes: 10.5 }]);
  });

  test('to few other events', () => {
    const fails = ({ commands }: Schedule): boolean =>
      commands.some((command) => command.do === 'many' && command.events > 1000);
    expect(shrunk(long, fails).commands).toEqual([{ do: 'many', events: 1500 }]);
  });

  test('to a copy signed anew in place of a batch of copies', () => {
    const twice = scheduleOf({ do: 'deliver', event: 'A' }, { do: 'batch', events: ['A', 'A'] });
    const fails = (one: Schedule): boolean =>
      one.commands.length > 1 && (has('resign')(one) || has('batch')(one));
    expect(shrunk(twice, fails).commands).toEqual([
      { do: 'deliver', event: 'A' },
      { do: 'resign', event: 'A' },
    ]);
  });

  test('and never to itself, or to the same twice', () => {
    const texts = simpler(long).map((one) => JSON.stringify(one));
    expect(texts).not.toContain(JSON.stringify(withoutUnused(long)));
    expect(new Set(texts).size).toBe(texts.length);
  });
});
