import type { Scheduler } from 'fast-check';
import { HookproofError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { keysOf } from '../runner/events.js';
import type { EventName } from '../schedule/schedule.js';
import type { Lab } from './subject.js';

/** What a schedule asked for; whoever sees it may well throw it on. */
export class EffectFailure extends Error {
  override readonly name = 'EffectFailure';
}

/** The lab of one schedule, and what the test has of it. */
export interface OpenLab {
  readonly lab: Lab;
  /** The turns as they were taken: `claim(A) → true`. */
  readonly log: readonly string[];
  /** Adds to the log what is no turn. */
  readonly note: (line: string) => void;
  readonly effectsOf: (event: TruoraEvent) => number;
  /** Makes the next effect of an event fail. */
  readonly failNext: (event: TruoraEvent) => void;
  /** How the lab was misused: what follows from that says nothing about the deduplication. */
  readonly mistake: () => HookproofError | undefined;
  /** From now on nothing fails. */
  readonly mend: () => void;
}

export const createLab = (
  scheduler: Scheduler,
  events: ReadonlyMap<EventName, TruoraEvent>,
): OpenLab => {
  const log: string[] = [];
  const effects = new Map<string, number>();
  const failing = new Set<string>();
  let mistake: HookproofError | undefined;
  const names = new Map(
    [...events].flatMap(([name, event]) => keysOf(event).map((key) => [key, name])),
  );
  /** What an argument is called in the log: an event or a key by its name. */
  const called = (value: unknown): string => {
    const key = typeof value === 'object' ? keyIn(value) : value;
    return typeof key === 'string' ? (names.get(key) ?? '…') : '…';
  };
  const io: Lab['io'] = (call) =>
    scheduler.scheduleFunction(async (...args: Parameters<typeof call>) => {
      const line = `${call.name || 'io'}(${args.slice(0, 1).map(called).join('')})`;
      try {
        const result = await call(...args);
        log.push(typeof result === 'boolean' ? `${line} → ${String(result)}` : line);
        return result;
      } catch (error) {
        log.push(`${line} fails`);
        throw error;
      }
    });
  const effect = async (event: TruoraEvent): Promise<void> => {
    const key = keyIn(event);
    if (key === '') {
      mistake ??= new HookproofError(
        'invalid_argument',
        'effect was called without an event',
        'pass the event that it is of: await effect(event)',
      );
      throw mistake;
    }
    if (failing.delete(key)) throw new EffectFailure('the effect fails, as the schedule says');
    effects.set(key, (effects.get(key) ?? 0) + 1);
  };
  return {
    lab: { io, effect: io(effect) },
    log,
    note: (line) => log.push(line),
    effectsOf: (event) => effects.get(keyOf(event)) ?? 0,
    mistake: () => mistake,
    failNext: (event) => failing.add(keyOf(event)),
    mend: () => failing.clear(),
  };
};

const keyIn = (event: unknown): string =>
  typeof event === 'object' && event !== null ? keyOf(event as TruoraEvent) : '';

const keyOf = (event: TruoraEvent): string => keysOf(event)[0] ?? '';
