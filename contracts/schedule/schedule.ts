/** Schedules: deliveries, copies and faults over events that have names instead of ids. */

/** The name of an event within its schedule: `A`, `B`, … */
export type EventName = string;

/** How an event is like an earlier one of its schedule. */
export type Likeness = 'same-resource' | 'again' | 'next-key';

/** What an event of a schedule is; its id is made anew each time. */
export interface NamedEvent {
  /** `checks.finished`; any kind that the receiver handles where it is not given. */
  readonly pair?: string;
  /**
   * `same-resource`: a later event of the same resource. `again`: another event of the same kind
   * about it, of the same second. `next-key`: a key that differs in its last character.
   */
  readonly like?: { readonly event: EventName; readonly how: Likeness };
}

/** One step of a schedule. */
export type Command =
  /** One delivery of one event, one attempt. */
  | { readonly do: 'deliver'; readonly event: EventName }
  /** The same bytes once more. */
  | { readonly do: 'copy'; readonly event: EventName }
  /** The same event in a token of another second. */
  | { readonly do: 'resign'; readonly event: EventName }
  /** One delivery of several events. */
  | { readonly do: 'batch'; readonly events: readonly EventName[] }
  /** A delivery for each name, all at the same instant. */
  | { readonly do: 'concurrent'; readonly events: readonly EventName[] }
  /** Two deliveries at the same instant: the events in this order, and in the other one. */
  | { readonly do: 'crossed'; readonly events: readonly EventName[] }
  /** The event in a token that a stranger signed. */
  | { readonly do: 'forge'; readonly event: EventName }
  /** The receiver reads the event from `GET /events`. */
  | { readonly do: 'poll'; readonly event: EventName }
  /** The next effect of the event fails. */
  | { readonly do: 'fail-next'; readonly event: EventName }
  /** The next effect of the event takes long, and then happens or fails. */
  | { readonly do: 'slow-next'; readonly event: EventName; readonly then: 'taken' | 'failed' }
  /** A delivery whose answer is never read. */
  | { readonly do: 'drop-response'; readonly event: EventName }
  | { readonly do: 'restart' }
  /** The receiver's clock goes on by some minutes. */
  | { readonly do: 'advance'; readonly minutes: number }
  /** So much real time passes. */
  | { readonly do: 'pause'; readonly seconds: number }
  /** So many other events. */
  | { readonly do: 'many'; readonly events: number };

/** The name of a step: `deliver`, `copy`, `concurrent` and so on. */
export type CommandKind = Command['do'];

/** Events by name, and the steps that are played with them in order. */
export interface Schedule {
  readonly events: Readonly<Record<EventName, NamedEvent>>;
  readonly commands: readonly Command[];
}

/** A command that names several events. */
export type CommandOfSeveral = Extract<
  Command,
  { readonly do: 'batch' | 'concurrent' | 'crossed' }
>;

export const isOfSeveral = (command: Command): command is CommandOfSeveral =>
  command.do === 'batch' || command.do === 'concurrent' || command.do === 'crossed';

/** The events that a command names, as often as it lists them. */
export const namesIn = (command: Command): readonly EventName[] => {
  if ('event' in command) return [command.event];
  return isOfSeveral(command) ? command.events : [];
};

const stepsOf = (command: Command): number => {
  if (command.do === 'concurrent') return command.events.length;
  return command.do === 'crossed' ? 2 : 1;
};

/** How many steps a schedule has; deliveries at the same instant count one each. */
export const lengthOf = ({ commands }: Schedule): number =>
  commands.reduce((sum, command) => sum + stepsOf(command), 0);

/** Schedules that take the receiver away, or its time, run alone. */
export const isDisruptive = ({ commands }: Schedule): boolean =>
  commands.some(({ do: kind }) => kind === 'restart' || kind === 'advance' || kind === 'many');

/** Whether playing it takes seconds: it need not be played as often. */
export const takesLong = (schedule: Schedule): boolean =>
  isDisruptive(schedule) ||
  schedule.commands.some((command) => command.do === 'pause' && command.seconds >= 1);

/** The schedule with the events alone that its commands name, called A, B and C in their order. */
export const withoutUnused = ({ events, commands }: Schedule): Schedule => {
  const used = new Set(commands.flatMap(namesIn));
  for (const name of used) {
    const like = events[name]?.like;
    if (like !== undefined) used.add(like.event);
  }
  const left = Object.keys(events).filter((name) => used.has(name));
  const called = new Map(left.map((name, index) => [name, String.fromCharCode(65 + index)]));
  const call = (name: EventName): EventName => called.get(name) ?? name;
  return {
    events: Object.fromEntries(
      left.map((name) => {
        const { pair, like } = events[name] ?? {};
        return [
          call(name),
          {
            ...(pair === undefined ? {} : { pair }),
            ...(like === undefined ? {} : { like: { ...like, event: call(like.event) } }),
          },
        ];
      }),
    ),
    commands: commands.map((command) => {
      if ('event' in command) return { ...command, event: call(command.event) };
      return isOfSeveral(command) ? { ...command, events: command.events.map(call) } : command;
    }),
  };
};
