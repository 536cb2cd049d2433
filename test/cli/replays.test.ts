import { expect, test } from 'vitest';
import type { DecidingFlags } from '../../cli/commands/again.js';
import { flagsAgain } from '../../cli/replays.js';

const flags = {
  probe: 'http://localhost:3000/{eventId}',
  concurrency: 16,
} as Partial<DecidingFlags> as DecidingFlags;

test('a probe that is given takes the place of the recorded one, of whichever kind', () => {
  const recorded = { flags, withheld: [] };
  expect(flagsAgain(recorded, {}, 'f')).toEqual(flags);
  expect(flagsAgain(recorded, { probe: 'http://other/' }, 'f')).toEqual({
    probe: 'http://other/',
    concurrency: 16,
  });
  expect(flagsAgain(recorded, { probeCmd: 'count' }, 'f')).toEqual({
    probeCmd: 'count',
    concurrency: 16,
  });
});

test('a command that the file may not hold is asked for, unless a URL is given for it', () => {
  const others = { concurrency: 16 } as Partial<DecidingFlags> as DecidingFlags;
  const again = { flags: others, withheld: ['--probe-cmd'] };
  expect(() => flagsAgain(again, {}, 'f')).toThrow('f was recorded with --probe-cmd');
  expect(flagsAgain(again, { probe: 'http://other/' }, 'f')).toMatchObject({
    probe: 'http://other/',
  });
});
