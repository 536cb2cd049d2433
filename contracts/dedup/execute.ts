/** Plays a schedule against a handler in this process, one turn of its interleaving at a time. */
import type { Scheduler } from 'fast-check';
import { HookproofError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { EventMaker } from '../runner/events.js';
import { bind } from '../schedule/bind.js';
import type { Facts } from '../schedule/invariants/index.js';
import type { Command, EventName, Schedule } from '../schedule/schedule.js';
import { otherLife } from '../schedule/trace.js';
import type { Life } from '../schedule/trace.js';
import { EffectFailure, createLab } from './lab.js';
import type { EventHandler, Subject } from './subject.js';

/** What a subject that is not made by us needs from its test. */
export interface Surroundings {
  readonly maker: EventMaker;
  /** How many effects an event had; undefined where the lab counts them. */
  readonly count: ((event: TruoraEvent) => number | Promise<number>) | undefined;
  /** Makes the next effect of an event fail; undefined where the lab does. */
  readonly failNext: ((event: TruoraEvent) => void) | undefined;
  readonly advance: ((minutes: number) => unknown) | undefined;
  /** Until what the handler left running has ended. */
  readonly settle: () => Promise<void>;
  /** How long a call of the handler may take. */
  readonly timeoutMs: number;
}

/** What is still refused after so many retries is refused for ever. */
const RETRIES = 3;

/** A count that is no number would break no rule, whatever happened. */
const checkCount = (effects: unknown): number => {
  if (typeof effects === 'number' && Number.isSafeInteger(effects) && effects >= 0) return effects;
  throw new HookproofError(
    'invalid_argument',
    `count returned ${typeof effects === 'number' ? effects : typeof effects}, and a number of effects was expected`,
    'return how many effects the event had: 0, 1, 2 …',
  );
};

/** How far the deliveries of one event have come. */
interface Course {
  genuine: number;
  acknowledged: boolean;
  open: boolean;
  retry: Life['retry'];
}

export interface Played {
  readonly lives: readonly Life[];
  readonly facts: Facts;
  /** The turns of the interleaving: `claim(A) → true`. */
  readonly log: readonly string[];
}

export const execute = async (
  schedule: Schedule,
  {
    subject,
    scheduler,
    surroundings,
  }: {
    readonly subject: Subject;
    readonly scheduler: Scheduler;
    readonly surroundings: Surroundings;
  },
): Promise<Played> => {
  const { maker, settle, timeoutMs } = surroundings;
  const events = bind(schedule, maker);
  const courses = new Map<EventName, Course>();
  const failed = new Set<EventName>();
  const others: TruoraEvent[] = [];
  const { lab, log, note, effectsOf, failNext, mend, mistake } = createLab(scheduler, events);
  let handle: EventHandler = subject.create(lab);

  const eventOf = (name: EventName): TruoraEvent => {
    const event = events.get(name);
    if (event === undefined) throw new Error(`the schedule names no event ${name}`);
    return event;
  };
  const courseOf = (name: EventName): Course => {
    const known = courses.get(name) ?? {
      genuine: 0,
      acknowledged: false,
      open: false,
      retry: undefined,
    };
    courses.set(name, known);
    return known;
  };
  /** Each delivery brings an object of its own, as parsing does. */
  const isDone = async (event: TruoraEvent): Promise<boolean> => {
    try {
      return await withinTime(async () => handle({ ...event }), timeoutMs);
    } catch (error) {
      if (!(error instanceof EffectFailure)) note(describeThrown(error));
      return false;
    }
  };
  const deliver = async (names: readonly EventName[]): Promise<boolean> => {
    for (const name of names) courseOf(name).genuine++;
    let acknowledged = true;
    for (const name of names) acknowledged = acknowledged && (await isDone(eventOf(name)));
    for (const name of names) {
      const course = courseOf(name);
      course.acknowledged ||= acknowledged;
      course.open ||= !acknowledged;
    }
    return acknowledged;
  };
  const play = async (command: Command): Promise<unknown> => {
    switch (command.do) {
      case 'deliver':
      case 'copy':
      case 'resign':
        return deliver([command.event]);
      case 'batch':
        return deliver(command.events);
      case 'crossed':
        return Promise.all([command.events, command.events.toReversed()].map(deliver));
      case 'concurrent':
        return Promise.all(command.events.map(async (name) => deliver([name])));
      case 'fail-next': {
        const event = eventOf(command.event);
        failed.add(command.event);
        (surroundings.failNext ?? failNext)(event);
        return undefined;
      }
      case 'restart':
        handle = subject.create(lab);
        return undefined;
      case 'advance':
        return surroundings.advance?.(command.minutes);
      case 'many': {
        const made = Array.from({ length: command.events }, () => maker.event());
        const done: boolean[] = [];
        for (const event of made) done.push(await isDone(event));
        others.push(...made.filter((_event, index) => done[index] === true));
        return undefined;
      }
      default:
        throw new Error(`'${command.do}' needs a receiver that is called over HTTP`);
    }
  };
  const retryAll = async (): Promise<void> => {
    for (const [name, course] of courses) {
      if (!course.open) continue;
      let acknowledged = false;
      for (let tries = 0; !acknowledged && tries < RETRIES; tries++) {
        acknowledged = await deliver([name]);
      }
      course.retry = acknowledged ? 'acknowledged' : 'refused';
    }
  };

  await scheduler.waitFor(
    (async () => {
      for (const command of schedule.commands) await play(command);
    })(),
  );
  await scheduler.waitIdle();
  mend();
  await scheduler.waitFor(retryAll());
  await scheduler.waitIdle();
  await settle();
  const misused = mistake();
  if (misused !== undefined) throw misused;

  const countOf = async (event: TruoraEvent): Promise<number> =>
    surroundings.count === undefined
      ? effectsOf(event)
      : checkCount(await surroundings.count(event));
  const lives: Life[] = [];
  for (const [name, event] of events) {
    const { genuine, acknowledged, retry } = courseOf(name);
    lives.push({
      name,
      event,
      genuine,
      forged: 0,
      acknowledged,
      retry,
      effects: await countOf(event),
    });
  }
  for (const event of others) lives.push(otherLife(event, await countOf(event)));
  const none = new Set<EventName>();
  const facts = { polled: none, failed, interrupted: none, superseded: none, states: [] };
  return { lives, log, facts };
};

const describeThrown = (error: unknown): string =>
  `the handler throws ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;

/** True once the work is done, false where that takes too long. */
const withinTime = async (work: () => Promise<unknown>, ms: number): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
};
