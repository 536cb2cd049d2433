/** The final states of resources that had several events. */
import { resourceIdOf } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext } from '../runner/case.js';
import { isAcknowledged } from '../runner/judge.js';
import { ageOf, isOneStory, pairOf } from './bind.js';
import { namesIn } from './schedule.js';
import type { EventName, Schedule } from './schedule.js';
import type { Trace } from './trace.js';

/** Names of the events of one resource, in the order of their times. */
const families = ({ events, commands }: Schedule): readonly (readonly EventName[])[] => {
  const used = new Set(commands.flatMap(namesIn));
  const byRoot = new Map<EventName, EventName[]>();
  for (const [name, { like }] of Object.entries(events)) {
    if (!used.has(name)) continue;
    const root = like !== undefined && isOneStory(events, name) ? like.event : name;
    byRoot.set(root, [...(byRoot.get(root) ?? []), name]);
  }
  return [...byRoot.values()].filter(({ length }) => length > 1);
};

/** Events of which a later one of the same resource arrived: a table of the latest shows only that. */
export const supersededIn = (
  schedule: Schedule,
  attempts: readonly Attempt[],
  events: ReadonlyMap<EventName, TruoraEvent>,
): ReadonlySet<EventName> => {
  const arrived = (name: EventName): boolean =>
    attempts.some((one) => one.events.some((event) => event === events.get(name)));
  return new Set(
    families(schedule).flatMap((names) => {
      const last = names.findLastIndex(arrived);
      const isTied = names.some((name) => schedule.events[name]?.like?.how === 'again');
      return names.filter((_name, index) => isTied || index !== last);
    }),
  );
};

/** Compares each resource's final state with that of another one, told the same in order. */
export const statesOf = async (
  schedule: Schedule,
  { events, attempts }: Pick<Trace, 'events' | 'attempts'>,
  context: CaseContext,
): Promise<Trace['states']> => {
  if (!context.showsStates) return [];
  const isTaken = (name: EventName): boolean =>
    attempts.some(
      (one) =>
        one.intent === 'genuine' &&
        isAcknowledged(one) &&
        one.events.some((event) => event === events.get(name)),
    );
  const told: Trace['states'][number][] = [];
  for (const family of families(schedule)) {
    const names = family.filter(isTaken);
    if (names.length < 2) continue;
    const [first] = names.flatMap((name) => events.get(name) ?? []);
    if (first === undefined) continue;
    if (!context.facts.latestPerResource) {
      for (const name of names) {
        const event = events.get(name);
        if (event !== undefined) await context.untilSeen(event);
      }
    }
    const state = await context.stateOf(first);
    if (state === undefined) return [];
    let twin: TruoraEvent | undefined;
    for (const name of names) {
      const model = events.get(name);
      const pair = model && pairOf(model);
      const event = context.event({
        ...(pair === undefined ? {} : { pair }),
        ...(twin === undefined ? {} : { about: twin }),
        ageSeconds: ageOf(schedule, name),
      });
      twin ??= event;
      await context.deliver([event], { label: 'in order' });
      await context.untilSeen(event);
    }
    const inOrder = twin === undefined ? undefined : await context.stateOf(twin);
    told.push({
      events: names,
      state: withoutId(state, first),
      inOrder: twin && withoutId(inOrder ?? '', twin),
    });
  }
  return told;
};

const withoutId = (state: string, event: TruoraEvent): string =>
  state.replaceAll(resourceIdOf(event), '…');
