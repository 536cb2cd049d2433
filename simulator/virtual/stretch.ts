/**
 * Stretches in which nothing happens but new events for one hook, whose receiver takes them at once
 * or which is disabled and misses them. Most of most runs is such: here it is played in a loop that
 * asks only what can change within one.
 *
 * What is decided is what `play` decides; tests hold the two together.
 */
import { count, shortOf } from '../core/window.js';
import { takesAllUntil } from './behaviours.js';
import { disableByRule } from './disable.js';
import { addEvent } from './event-list.js';
import { type Run, widenEvents } from './run.js';
import type { Tally } from './tally.js';
import { advance } from './traffic.js';

/**
 * Plays what follows as far as it is a stretch of one hook, in so many steps at the most; gives how
 * many it took. Nobody listens to the run, no event is half told, and a hook that is disabled does not
 * hold what comes.
 */
export const playStretch = (run: Run, hook: number, steps: number): number => {
  const { traffic, subscribers, retries, ends, untilMs } = run;
  const tally = run.tallies[hook] as Tally;
  const isEnabled = tally.enabled === 1;
  const endMs = Math.min(
    retries.nextMs,
    ends.nextMs,
    run.nextActionMs,
    isEnabled ? takesAllUntil(tally.model, traffic.nextMs) : Number.POSITIVE_INFINITY,
  );
  let taken = 0;
  // An event and its attempt are two steps.
  while (taken + 2 <= steps && traffic.nextMs < endMs && traffic.nextMs <= untilMs) {
    const { nextMs, pair } = traffic;
    const told = subscribers[pair] as readonly number[];
    if (told.length !== 1 || told[0] !== hook) break;
    const event = run.events;
    if (event === run.pairs.length) widenEvents(run);
    run.events = event + 1;
    run.pairs[event] = pair;
    run.nowMs = nextMs;
    advance(traffic);
    taken += 2;
    if (!isEnabled) {
      tally.missed += 1;
      addEvent(tally.missing, event);
    } else if (take(run, tally, event)) {
      disableByRule(run, hook, event);
      break;
    }
  }
  return taken;
};

/** An event is taken at once; tells whether the rule, judged by that, disables the hook. */
const take = ({ policy, nowMs }: Run, tally: Tally, event: number): boolean => {
  const { window, byAnswer, inbox, model } = tally;
  byAnswer[model.ok] = (byAnswer[model.ok] as number) + 1;
  inbox.has[event] = 1;
  count(window, nowMs, false, event);
  const { total } = window;
  if (total < policy.attemptsMin) return false;
  const short = shortOf(policy, window.failed, total);
  if (short < tally.shortMin) tally.shortMin = short;
  if (short >= 0) return false;
  tally.enabled = 0;
  return true;
};
