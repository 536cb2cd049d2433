import { expect, test } from 'vitest';
import { narrow } from '../../contracts/schedule/narrow.js';
import type { Command, Schedule } from '../../contracts/schedule/schedule.js';

const around = (...commands: readonly Command[]): Schedule => ({
  events: { A: {} },
  commands: [{ do: 'deliver', event: 'A' }, ...commands, { do: 'copy', event: 'A' }],
});

/** What is left where some steps suffice, and how often it was tried. */
const narrowed = async (schedule: Schedule, fails: (command: Command) => boolean) => {
  let tries = 0;
  const least = await narrow({ schedule }, async (candidate) => {
    tries++;
    return candidate.commands.every(fails) ? { schedule: candidate } : undefined;
  });
  return { commands: least.schedule.commands.slice(1, -1), tries };
};

test('an LRU of 500 needs 500 other events, and some ten tries tell', async () => {
  const { commands, tries } = await narrowed(
    around({ do: 'many', events: 750 }),
    (command) => command.do !== 'many' || command.events >= 500,
  );
  expect(commands).toEqual([{ do: 'many', events: 500 }]);
  expect(tries).toBeLessThanOrEqual(10);
});

test('a pause is told to the tenth of a second', async () => {
  const { commands } = await narrowed(
    around({ do: 'pause', seconds: 3 }),
    (command) => command.do !== 'pause' || command.seconds > 1.5,
  );
  expect(commands).toEqual([{ do: 'pause', seconds: 1.6 }]);
});

test('each figure is narrowed by itself; what has none is played no more', async () => {
  const { commands } = await narrowed(
    around({ do: 'many', events: 9 }, { do: 'pause', seconds: 0.25 }),
    () => true,
  );
  expect(commands).toEqual([
    { do: 'many', events: 1 },
    { do: 'pause', seconds: 0.1 },
  ]);
  expect(await narrowed(around(), () => true)).toMatchObject({ tries: 0 });
});
