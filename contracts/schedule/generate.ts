/** Random schedules, from a seed. */
import fc from 'fast-check';
import { pairs } from '../../simulator/index.js';
import type { Command, CommandKind, EventName, NamedEvent, Schedule } from './schedule.js';
import { withoutUnused } from './schedule.js';

const NAMES: readonly EventName[] = ['A', 'B', 'C'];
const MOST_COMMANDS = 7;
/** Minutes from one row of the retry table to the next, and past its end. */
const MINUTES = [0.5, 2, 8, 32, 128, 200];

/** What a receiver and its set-up allow. */
export interface Scope {
  readonly kinds: readonly CommandKind[];
  /** For each product with several kinds of event that the receiver handles, those in order. */
  readonly stories: readonly (readonly string[])[];
}

/** The events of each product that has several among those handled, in their order. */
export const storiesOf = (handled: ReadonlySet<string>): Scope['stories'] => {
  const products = [...new Set(pairs.map(({ product }) => product))];
  return products
    .map((product) =>
      pairs
        .filter((one) => one.product === product && handled.has(one.name))
        .map(({ name }) => name),
    )
    .filter(({ length }) => length > 1)
    .flatMap((story) => {
      const other = overwritten(story);
      return other === undefined ? [story] : [story, other];
    });
};

/** The story with its verdicts the other way round: Truora may overwrite a verdict later. */
const overwritten = (story: readonly string[]): readonly string[] | undefined => {
  const [good, bad] = ['succeeded', 'failed'].map((action) =>
    story.findIndex((pair) => pair.endsWith(`.${action}`)),
  );
  if (good === undefined || bad === undefined || good < 0 || bad < 0) return undefined;
  const other = [...story];
  [other[good], other[bad]] = [story[bad] ?? '', story[good] ?? ''];
  return other;
};

/** How often each kind is drawn, against the others. */
const WEIGHTS: Readonly<Record<CommandKind, number>> = {
  deliver: 6,
  copy: 4,
  resign: 3,
  batch: 3,
  concurrent: 5,
  crossed: 2,
  forge: 2,
  poll: 3,
  'fail-next': 4,
  'slow-next': 2,
  'drop-response': 2,
  restart: 1,
  advance: 1,
  pause: 0,
  many: 0,
};

/** Schedules of up to three events and seven commands. */
export const schedules = (scope: Scope): fc.Arbitrary<Schedule> =>
  fc
    .integer({ min: 1, max: NAMES.length })
    .chain((count) => scheduleOf(NAMES.slice(0, count), scope))
    .map(withoutUnused);

/** The same, with some kinds of commands left out of each: what they hide can show. */
export const swarmSchedules = (scope: Scope): fc.Arbitrary<Schedule> =>
  fc
    .subarray([...scope.kinds], { minLength: 1 })
    .chain((kinds) => schedules({ ...scope, kinds: [...new Set(['deliver' as const, ...kinds])] }));

const scheduleOf = (names: readonly EventName[], scope: Scope): fc.Arbitrary<Schedule> =>
  fc.record({
    events: eventsOf(names, scope.stories),
    commands: fc.array(commandOf(names, scope.kinds), { minLength: 1, maxLength: MOST_COMMANDS }),
  });

const eventsOf = (
  names: readonly EventName[],
  stories: Scope['stories'],
): fc.Arbitrary<Schedule['events']> => {
  const hows = [
    'none',
    'none',
    'next-key',
    'again',
    ...(stories.length > 0 ? ['same-resource'] : []),
  ] as const;
  return fc
    .record({
      hows: fc.tuple(...names.slice(1).map(() => fc.constantFrom(...hows))),
      begin: fc.nat(4),
      story: stories.length > 0 ? fc.constantFrom(...stories) : fc.constant([]),
    })
    .map(({ hows: drawn, story, begin }) => {
      const [head = 'A', ...others] = names;
      const members = [head, ...others.filter((_name, at) => drawn[at] === 'same-resource')];
      const first = Math.min(begin, Math.max(0, story.length - members.length));
      return Object.fromEntries(
        names.map((name, at): [EventName, NamedEvent] => {
          const place = first + members.indexOf(name);
          const pair = members.length > 1 ? story[Math.min(place, story.length - 1)] : undefined;
          if (at === 0) return [name, pair === undefined ? {} : { pair }];
          const how = drawn[at - 1];
          if (how === undefined || how === 'none') return [name, {}];
          if (how === 'next-key' || how === 'again') {
            return [name, { like: { event: head, how } }];
          }
          return [
            name,
            {
              ...(pair === undefined ? {} : { pair }),
              like: { event: head, how: 'same-resource' },
            },
          ];
        }),
      );
    });
};

const commandOf = (
  names: readonly EventName[],
  kinds: readonly CommandKind[],
): fc.Arbitrary<Command> => {
  const name = fc.constantFrom(...names);
  const several = fc.array(name, { minLength: 2, maxLength: 4 });
  const of: Readonly<Record<CommandKind, fc.Arbitrary<Command>>> = {
    deliver: name.map((event) => ({ do: 'deliver', event })),
    copy: name.map((event) => ({ do: 'copy', event })),
    resign: name.map((event) => ({ do: 'resign', event })),
    batch: fc.subarray([...names], { minLength: 1 }).map((events) => ({ do: 'batch', events })),
    concurrent: several.map((events) => ({ do: 'concurrent', events })),
    crossed: fc
      .subarray([...names], { minLength: Math.min(2, names.length) })
      .map((events) => ({ do: 'crossed', events })),
    forge: name.map((event) => ({ do: 'forge', event })),
    poll: name.map((event) => ({ do: 'poll', event })),
    'fail-next': name.map((event) => ({ do: 'fail-next', event })),
    'slow-next': fc
      .record({ event: name, then: fc.constantFrom('taken' as const, 'failed' as const) })
      .map((drawn) => ({ do: 'slow-next', ...drawn })),
    'drop-response': name.map((event) => ({ do: 'drop-response', event })),
    restart: fc.constant({ do: 'restart' }),
    advance: fc.constantFrom(...MINUTES).map((minutes) => ({ do: 'advance', minutes })),
    pause: fc.constant({ do: 'pause', seconds: 3 }),
    many: fc.constant({ do: 'many', events: 3000 }),
  };
  return fc.oneof(...kinds.map((kind) => ({ arbitrary: of[kind], weight: WEIGHTS[kind] })));
};

/** Some schedules that a seed decides. */
export const drawSchedules = (
  arbitrary: fc.Arbitrary<Schedule>,
  { seed, count }: { readonly seed: number; readonly count: number },
): readonly Schedule[] => fc.sample(arbitrary, { seed, numRuns: count });
