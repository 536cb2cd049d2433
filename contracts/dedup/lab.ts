import type { Scheduler } from 'fast-check';
import type { TruoraEvent } from '../../simulator/index.js';
import { keysOf } from '../runner/events.js';
import type { EventName } from '../schedule/schedule.js';
import type { Lab } from './subject.js';

/** The lab of one schedule, and what the test has of it. */
export interface OpenLab {
  readonly lab: Lab;
  /** The turns as they were taken: `claim(A) → true`. */
  readonly log: readonly string[];
  readonly effectsOf: (event: TruoraEvent) => number;
  /** Makes the next effect of an event fail. */
  readonly failNext: (event: TruoraEvent) => void;
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
  const names = new Map(
    [...events].flatMap(([name, event]) => keysOf(event).map((key) => [key, name])),
  );
  /** What an argument is called in the log: an event or a key by its name. */
  const called = (value: unknown): string => {
    const isEvent = typeof value === 'object' && value !== null;
    const key = isEvent ? keyOf(value as TruoraEvent) : value;
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
    const key = keyOf(event);
    if (failing.delete(key)) throw new Error('the effect fails, as the schedule says');
    effects.set(key, (effects.get(key) ?? 0) + 1);
  };
  return {
    lab: { io, effect: io(effect) },
    log,
    effectsOf: (event) => effects.get(keyOf(event)) ?? 0,
    failNext: (event) => failing.add(keyOf(event)),
    mend: () => failing.clear(),
  };
};

const keyOf = (event: TruoraEvent): string => keysOf(event)[0] ?? '';
