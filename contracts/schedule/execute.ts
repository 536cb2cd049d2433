import { resourceIdOf } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext } from '../runner/case.js';
import { isAcknowledged } from '../runner/judge.js';
import { agesInSeconds, bind, isOneStory } from './bind.js';
import { namesIn } from './schedule.js';
import type { Command, EventName, Schedule } from './schedule.js';
import type { Trace } from './trace.js';

const MINUTE_MS = 60_000;
/** A delivery whose answer is dropped has this long to be read before the connection is cut. */
const DROP_AFTER_MS = 20;
/** What was begun has this long to end before the retry; Truora's comes after half a minute. */
const RETRY_AFTER_MS = 50;
/** Of other events so many are looked at. */
const OTHERS_SEEN = 300;
const OTHERS_PER_DELIVERY = 50;

/** Plays a schedule once, with fresh events, and delivers again what was not acknowledged. */
export const execute = async (schedule: Schedule, context: CaseContext): Promise<Trace> => {
  const events = bind(schedule, context);
  const player = createPlayer(events, context);
  try {
    for (const command of schedule.commands) await player.play(command);
  } finally {
    if (schedule.commands.some(({ do: kind }) => kind === 'advance')) {
      await context.controls.clock?.(undefined);
    }
  }
  const retries = await player.retryAll();
  return {
    schedule,
    events,
    attempts: player.attempts,
    retries,
    polled: player.polled,
    failed: player.failed,
    others: player.others,
    states: await statesOf(schedule, { events, attempts: player.attempts }, context),
    superseded: context.facts.latestPerResource
      ? supersededIn(schedule, player.attempts, events)
      : new Set(),
  };
};

const createPlayer = (events: ReadonlyMap<EventName, TruoraEvent>, context: CaseContext) => {
  const attempts: Attempt[] = [];
  const polled = new Set<EventName>();
  const failed = new Set<EventName>();
  const others: TruoraEvent[] = [];
  /** The bytes that carried an event last. */
  const sent = new Map<TruoraEvent, string>();
  let seconds = 2;
  let passedMinutes = 0;

  const eventOf = (name: EventName): TruoraEvent => {
    const event = events.get(name);
    if (event === undefined) throw new Error(`the schedule names no event ${name}`);
    return event;
  };
  const token = (of: readonly TruoraEvent[]): string => {
    const text = context.token(of, { ageSeconds: seconds - passedMinutes * 60 });
    for (const event of of) sent.set(event, text);
    return text;
  };
  const send = async (of: readonly TruoraEvent[], body: string, label: string): Promise<void> => {
    attempts.push(await context.send('genuine', of, body, { label }));
  };
  const deliverMany = async (count: number): Promise<void> => {
    const made = Array.from({ length: count }, () => context.event());
    const parts = Array.from({ length: Math.ceil(count / OTHERS_PER_DELIVERY) }, (_unused, part) =>
      made.slice(part * OTHERS_PER_DELIVERY, (part + 1) * OTHERS_PER_DELIVERY),
    );
    const taken = await Promise.all(
      parts.map(async (part) => {
        const last = (await context.deliver(part, { label: `${part.length} others` })).at(-1);
        return last !== undefined && isAcknowledged(last) ? part : [];
      }),
    );
    others.push(...taken.flat().slice(0, OTHERS_SEEN));
  };

  const play = async (command: Command): Promise<void> => {
    switch (command.do) {
      case 'deliver':
      case 'resign': {
        const event = eventOf(command.event);
        if (command.do === 'resign') seconds++;
        return send([event], token([event]), command.do === 'deliver' ? 'delivery' : 'signed anew');
      }
      case 'copy': {
        const event = eventOf(command.event);
        return send([event], sent.get(event) ?? token([event]), 'copy');
      }
      case 'batch': {
        const batch = command.events.map(eventOf);
        return send(batch, token(batch), `batch of ${batch.length}`);
      }
      case 'concurrent': {
        const shots = command.events.map(eventOf).map((event) => ({ events: [event] }));
        const raced = shots.map((shot) => ({ ...shot, body: token(shot.events) }));
        attempts.push(...(await context.race(raced)));
        return;
      }
      case 'forge': {
        const event = eventOf(command.event);
        const body = context.token([event], { key: `stranger ${context.random.hex(32)}` });
        attempts.push(await context.send('hostile', [event], body, { label: 'forged' }));
        return;
      }
      case 'poll':
        context.api?.publish([eventOf(command.event)]);
        await context.controls.poll?.();
        polled.add(command.event);
        return;
      case 'fail-next':
        context.sink?.failNext(eventOf(command.event), 1);
        failed.add(command.event);
        return;
      case 'drop-response': {
        const event = eventOf(command.event);
        const body = token([event]);
        const head = context.head([
          ['Content-Type', context.facts.contentType],
          ['Content-Length', String(Buffer.byteLength(body))],
        ]);
        const options = { label: 'answer dropped', then: 'reset', pauseMs: DROP_AFTER_MS } as const;
        attempts.push(await context.write('genuine', [event], [`${head}${body}`, ''], options));
        return;
      }
      case 'restart':
        await context.controls.restart?.();
        await context.untilUp();
        return;
      case 'advance':
        passedMinutes += command.minutes;
        await context.controls.clock?.(context.nowMs() + passedMinutes * MINUTE_MS);
        return;
      case 'many':
        return deliverMany(command.events);
    }
  };

  /** Truora goes on until each delivery is acknowledged; so does this, on a compressed schedule. */
  const retryAll = async (): Promise<ReadonlyMap<EventName, Attempt>> => {
    const open = [...events].filter(([, event]) =>
      attempts.some(
        (one) => one.intent === 'genuine' && one.events.includes(event) && !isAcknowledged(one),
      ),
    );
    if (open.length > 0) await context.wait(RETRY_AFTER_MS);
    const retried = await Promise.all(
      open.map(async ([name, event]) => {
        const made = await context.deliver([event], { label: 'retry' });
        attempts.push(...made);
        const last = made.at(-1);
        return last === undefined ? [] : [[name, last] as const];
      }),
    );
    return new Map(retried.flat());
  };
  return { play, retryAll, attempts, polled, failed, others };
};

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
const supersededIn = (
  schedule: Schedule,
  attempts: readonly Attempt[],
  events: ReadonlyMap<EventName, TruoraEvent>,
): ReadonlySet<EventName> => {
  const arrived = (name: EventName): boolean =>
    attempts.some((one) => one.events.some((event) => event === events.get(name)));
  return new Set(
    families(schedule).flatMap((names) => {
      const last = names.findLastIndex(arrived);
      return names.filter((_name, index) => index !== last);
    }),
  );
};

/** Compares each resource's final state with that of another one, told the same in order. */
const statesOf = async (
  schedule: Schedule,
  { events, attempts }: Pick<Trace, 'events' | 'attempts'>,
  context: CaseContext,
): Promise<Trace['states']> => {
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
    for (const [index, name] of names.entries()) {
      const { pair } = schedule.events[name] ?? {};
      const event = context.event({
        ...(pair === undefined ? {} : { pair }),
        ...(twin === undefined ? {} : { about: twin }),
        ageSeconds: agesInSeconds(index),
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
