/** Smaller schedules that may still break the receiver, the simplest first. */
import { isOfSeveral, withoutUnused } from './schedule.js';
import type { Command, EventName, Schedule } from './schedule.js';

/** Milliseconds of the retry table, in minutes: times that an advance shrinks to. */
const TABLE_MINUTES = [0.5, 2.5, 10.5, 42.5, 170.5];

/** What is one step simpler than a schedule, in the order in which it should be tried. */
export const simpler = (schedule: Schedule): readonly Schedule[] => {
  const { commands } = schedule;
  const candidates = [
    ...withoutCommands(schedule),
    ...together(schedule),
    ...each(schedule, calmer),
    ...each(schedule, fewer),
    ...merged(schedule),
    ...plainer(schedule),
    ...each(schedule, canonical),
  ];
  const seen = new Set([JSON.stringify(withoutUnused(schedule))]);
  return candidates
    .map(withoutUnused)
    .filter((one) => one.commands.length > 0)
    .filter((one) => {
      const text = JSON.stringify(one);
      return seen.has(text) ? false : Boolean(seen.add(text));
    })
    .slice(0, Math.max(32, commands.length * 8));
};

/** Leaves out halves, quarters and single commands. */
const withoutCommands = (schedule: Schedule): readonly Schedule[] => {
  const { commands } = schedule;
  const cuts: Schedule[] = [];
  for (
    let size = Math.ceil(commands.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < commands.length; from += size) {
      cuts.push({
        ...schedule,
        commands: commands.filter((_one, at) => at < from || at >= from + size),
      });
    }
  }
  return cuts;
};

/** Puts other commands in the place of each one. */
const each = (
  schedule: Schedule,
  change: (command: Command) => readonly (readonly Command[])[],
): readonly Schedule[] =>
  schedule.commands.flatMap((command, at) =>
    change(command).map((put) => ({
      ...schedule,
      commands: [...schedule.commands.slice(0, at), ...put, ...schedule.commands.slice(at + 1)],
    })),
  );

const deliver = (event: EventName): Command => ({ do: 'deliver', event });

const resign = (event: EventName): Command => ({ do: 'resign', event });

/** Copies at the same moment in place of one whose answer is lost and another. */
const together = (schedule: Schedule): readonly Schedule[] =>
  schedule.commands.flatMap((command, at) => {
    const next = schedule.commands[at + 1];
    if (command.do !== 'drop-response' || next === undefined || !('event' in next)) return [];
    if (next.event !== command.event) return [];
    const both: Command = { do: 'concurrent', events: [command.event, command.event] };
    return [
      {
        ...schedule,
        commands: [...schedule.commands.slice(0, at), both, ...schedule.commands.slice(at + 2)],
      },
    ];
  });

/** One after the other in place of all at once, one by one in place of a batch. */
const calmer = (command: Command): readonly (readonly Command[])[] => {
  if (command.do === 'concurrent') return [command.events.map(deliver)];
  if (command.do === 'crossed') {
    const there: Command = { do: 'batch', events: command.events };
    return [[there], [there, { do: 'batch', events: command.events.toReversed() }]];
  }
  if (command.do === 'batch') {
    return [
      command.events.map(deliver),
      ...[...new Set(command.events)].map((one) => [resign(one)]),
    ];
  }
  return [];
};

/** Fewer copies or members, two at least; fewer other events. */
const fewer = (command: Command): readonly (readonly Command[])[] => {
  if (command.do === 'many' && command.events > 1) {
    return [[{ ...command, events: Math.ceil(command.events / 2) }]];
  }
  if (!isOfSeveral(command) || command.events.length <= 2) return [];
  return command.events.map((_name, at) => [
    { ...command, events: command.events.filter((_other, place) => place !== at) },
  ]);
};

/** One event in place of two. */
const merged = (schedule: Schedule): readonly Schedule[] => {
  const names = Object.keys(schedule.events);
  return names.slice(1).map((name) => ({
    ...schedule,
    commands: schedule.commands.map((command) => renamed(command, name, names[0] ?? name)),
  }));
};

const renamed = (command: Command, from: EventName, to: EventName): Command => {
  if ('event' in command) return command.event === from ? { ...command, event: to } : command;
  return isOfSeveral(command)
    ? { ...command, events: command.events.map((name) => (name === from ? to : name)) }
    : command;
};

/** Events that are like no other one, and of no kind in particular. */
const plainer = (schedule: Schedule): readonly Schedule[] =>
  Object.entries(schedule.events).flatMap(([name, { like, pair }]) => [
    ...(like === undefined
      ? []
      : [
          {
            ...schedule,
            events: { ...schedule.events, [name]: pair === undefined ? {} : { pair } },
          },
        ]),
    ...(pair === undefined || like?.how === 'same-resource' || isModel(schedule, name)
      ? []
      : [
          {
            ...schedule,
            events: { ...schedule.events, [name]: like === undefined ? {} : { like } },
          },
        ]),
  ]);

/** Whether another event is of the same resource as this one. */
const isModel = ({ events }: Schedule, name: EventName): boolean =>
  Object.values(events).some(({ like }) => like?.event === name && like.how === 'same-resource');

/** The plainest command of its kind. */
const canonical = (command: Command): readonly (readonly Command[])[] => {
  if (command.do === 'resign' || command.do === 'drop-response') {
    return [[{ do: 'copy', event: command.event }], [deliver(command.event)]];
  }
  if (command.do === 'slow-next') {
    return command.then === 'failed' ? [[{ do: 'fail-next', event: command.event }]] : [];
  }
  if (command.do === 'copy') return [[deliver(command.event)]];
  if (command.do === 'advance') {
    return TABLE_MINUTES.filter((minutes) => minutes < command.minutes).map((minutes) => [
      { do: 'advance', minutes },
    ]);
  }
  return [];
};
