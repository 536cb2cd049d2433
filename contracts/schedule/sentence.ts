/** Schedules in words. */
import { isOfSeveral } from './schedule.js';
import type { Command, EventName, Likeness, Schedule } from './schedule.js';
import { say } from '../../language/say.js';

const LIKENESS: Readonly<Record<Likeness, (event: EventName) => string>> = {
  'same-resource': (event) => say` is a later event of ${event}’s resource`,
  again: (event) => say` is another event of ${event}’s kind, resource and second`,
  'next-key': (event) => say`’s key differs from ${event}’s in its last character`,
};

const NUMBERS = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
];

const number = (count: number): string => NUMBERS[count] ?? String(count);

/** `two copies of A at the same moment, then A again → 2 effects of A` */
export const describeSchedule = (schedule: Schedule, outcome: string): string => {
  const { commands, events } = schedule;
  const parts = commands.map((command, at) => describeCommand(command, commands.slice(0, at)));
  const likes = Object.entries(events).flatMap(([name, { like, pair }]) => [
    ...(pair === undefined ? [] : [say`${name} is ${pair}`]),
    ...(like === undefined ? [] : [`${name}${LIKENESS[like.how](like.event)}`]),
  ]);
  const where = likes.length === 0 ? '' : ` (${likes.join('; ')})`;
  return `${parts.join(', then ')}${where} → ${outcome}`;
};

/** One step in words; those before it decide whether an event comes again. */
export const describeCommand = (command: Command, before: readonly Command[]): string => {
  switch (command.do) {
    case 'deliver':
      return before.some((one) => mentions(one, command.event))
        ? say`${command.event} again`
        : say`a delivery of ${command.event}`;
    case 'copy':
      return say`a copy of ${command.event}`;
    case 'resign':
      return say`${command.event} signed anew`;
    case 'batch':
      return say`a delivery with ${list(command.events)}`;
    case 'concurrent':
      return atOnce(command.events);
    case 'crossed':
      return say`a delivery with ${list(command.events)} and one with ${list(command.events.toReversed())} at the same moment`;
    case 'forge':
      return say`a forged ${command.event}`;
    case 'poll':
      return say`a poll that lists ${command.event}`;
    case 'fail-next':
      return say`the effect of ${command.event} fails once`;
    case 'slow-next':
      return say`the effect of ${command.event} takes long once${command.then === 'failed' ? say` and fails` : ''}`;
    case 'drop-response':
      return say`a delivery of ${command.event} whose answer is lost`;
    case 'restart':
      return say`a restart`;
    case 'advance':
      return `${command.minutes} min`;
    case 'pause':
      return `${command.seconds} s`;
    case 'many':
      return say`${command.events} other events`;
  }
};

const mentions = (command: Command, name: EventName): boolean =>
  ('event' in command &&
    command.event === name &&
    command.do !== 'fail-next' &&
    command.do !== 'slow-next') ||
  (isOfSeveral(command) && command.events.includes(name));

const list = (names: readonly EventName[]): string =>
  names.length < 2
    ? names.join('')
    : say`${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

const atOnce = (names: readonly EventName[]): string => {
  const [first = ''] = names;
  return names.every((name) => name === first)
    ? say`${number(names.length)} copies of ${first} at the same moment`
    : say`${list(names)} at the same moment`;
};
