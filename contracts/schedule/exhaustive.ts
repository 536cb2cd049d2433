/** Every order of a few events and their copies, with one fault at every place. */
import type { Command, EventName, Schedule } from './schedule.js';

const NAMES: readonly EventName[] = ['A', 'B', 'C'];

/** Orders of two deliveries each of the first `count` names; names come first in their order. */
const ordersOf = (count: number): readonly (readonly EventName[])[] => {
  const names = NAMES.slice(0, count);
  const go = (sofar: readonly EventName[]): readonly (readonly EventName[])[] => {
    if (sofar.length === 2 * count) return [sofar];
    const begun = names.filter((name) => sofar.includes(name));
    return names
      .filter((name) => sofar.filter((one) => one === name).length < 2)
      .filter((name) => begun.includes(name) || names[begun.length] === name)
      .flatMap((name) => go([...sofar, name]));
  };
  return go([]);
};

/** One fault before the step at `at`; what the receiver allows decides which. */
const faultAt = (
  order: readonly EventName[],
  at: number,
  fault: 'restart' | 'fail-next',
): readonly Command[] => {
  const steps = order.map((event): Command => ({ do: 'deliver', event }));
  const event = order[at];
  if (fault === 'restart') return [...steps.slice(0, at), { do: 'restart' }, ...steps.slice(at)];
  return event === undefined
    ? steps
    : [...steps.slice(0, at), { do: 'fail-next', event }, ...steps.slice(at)];
};

/** All schedules of up to `events` events, each delivered twice, without a fault and with one. */
export const allSchedules = (
  events: 1 | 2 | 3,
  fault: 'restart' | 'fail-next' | undefined,
): readonly Schedule[] =>
  Array.from({ length: events }, (_unused, index) => ordersOf(index + 1))
    .flat()
    .flatMap((order) => {
      const named = Object.fromEntries([...new Set(order)].map((name) => [name, {}]));
      const plain = order.map((event): Command => ({ do: 'deliver', event }));
      const faulty =
        fault === undefined
          ? []
          : Array.from({ length: order.length }, (_unused, at) => faultAt(order, at, fault));
      return [plain, ...faulty].map((commands) => ({ events: named, commands }));
    });
