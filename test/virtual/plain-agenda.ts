/**
 * What is pending in a slow play: a plain list, sorted anew at each step.
 *
 * At one instant: what is done by hand, attempts that end, what is tried, new events; among equals
 * the older event first, then the hook that stands first.
 */
import type { Plan, PlannedAction } from '../../simulator/virtual/plan.js';
import { advance } from '../../simulator/virtual/traffic.js';

export interface Thing {
  readonly atMs: number;
  readonly rank: 'by hand' | 'ends' | 'tried' | 'happens';
  readonly event?: number;
  readonly hook?: number;
  readonly happen: () => void;
}

const RANKS = ['by hand', 'ends', 'tried', 'happens'];

const inOrder = (a: Thing, b: Thing): number =>
  a.atMs - b.atMs ||
  RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank) ||
  (a.event ?? 0) - (b.event ?? 0) ||
  (a.hook ?? 0) - (b.hook ?? 0);

/** An agenda with all actions and all events of a plan, whose traffic is read to its end. */
export const createPlainAgenda = (
  { actions, traffic, untilMs }: Plan,
  act: (action: PlannedAction) => void,
  happens: (pair: number) => void,
) => {
  let things: readonly Thing[] = actions.map((action) => ({
    atMs: action.atMs,
    rank: 'by hand',
    happen: () => act(action),
  }));
  const add = (thing: Thing): void => {
    things = [...things, thing];
  };
  while (traffic.nextMs <= untilMs && traffic.nextMs < Infinity) {
    const { nextMs: atMs, pair } = traffic;
    add({ atMs, rank: 'happens', happen: () => happens(pair) });
    advance(traffic);
  }
  let nowMs = Math.min(...things.map(({ atMs }) => atMs));
  return {
    nowMs: (): number => nowMs,
    add,
    /** Takes out what a hook is to be tried with, in the order in which it is due. */
    takeTries: (hook: number): readonly Thing[] => {
      const isMine = (thing: Thing): boolean => thing.rank === 'tried' && thing.hook === hook;
      const mine = things.filter(isMine).toSorted(inOrder);
      things = things.filter((thing) => !isMine(thing));
      return mine;
    },
    countOf: (hook: number): number => things.filter((thing) => thing.hook === hook).length,
    run: (): void => {
      for (;;) {
        things = things.toSorted(inOrder);
        const [thing] = things;
        if (thing === undefined || thing.atMs > untilMs) {
          // The run lasts until its end, though nothing happens any more.
          if (untilMs !== Infinity) nowMs = untilMs;
          return;
        }
        things = things.slice(1);
        ({ atMs: nowMs } = thing);
        thing.happen();
      }
    },
  };
};
