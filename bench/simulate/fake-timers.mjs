// The workload on @sinonjs/fake-timers: a timer for each event, each answer and each retry. All hooks
// on one clock is how it would be written; hook by hook, so that few timers wait at a time, is the best
// that can be made of it.
import FakeTimers from '@sinonjs/fake-timers';
import { policies } from '../../dist/index.js';
import { draw, seedOf } from '../../dist/simulator/virtual/chance.js';
import { numbersOf } from './workload.mjs';

const { delaysMs, attemptsMax, attemptsMin, windowMs, threshold, timeoutMs } = policies.documented;
const REENABLE_MS = 3_600_000;

const createHook = () => ({
  enabled: true,
  attempts: 0,
  failed: 0,
  delivered: 0,
  exhausted: 0,
  dropped: 0,
  missed: 0,
  lost: 0,
  disabledMs: [],
  /** Attempts in the window; those before `head` have left it. */
  times: [],
  failures: [],
  head: 0,
  failedInside: 0,
  retries: new Map(),
  inbox: new Set(),
});

const count = (hook, atMs, failed) => {
  while (hook.head < hook.times.length && hook.times[hook.head] <= atMs - windowMs) {
    if (hook.failures[hook.head]) hook.failedInside -= 1;
    hook.head += 1;
  }
  hook.times.push(atMs);
  hook.failures.push(failed);
  if (failed) hook.failedInside += 1;
  const total = hook.times.length - hook.head;
  return (
    total >= attemptsMin && threshold.denominator * hook.failedInside > threshold.numerator * total
  );
};

const playAccount = (clock, events, numbers, label) => {
  const everyMs = 86_400_000 / events;
  const hook = createHook();
  const { outage, below, latency } = numbers;
  const isLate = outage !== undefined || below !== undefined;
  const failSeed = seedOf(`${label}/0`);
  const latencySeed = seedOf(`${label}/${isLate ? 1 : 0}`);
  const disable = (atMs) => {
    hook.enabled = false;
    hook.disabledMs.push(atMs);
    for (const [event, timer] of hook.retries) {
      clock.clearTimeout(timer);
      hook.dropped += 1;
      if (!hook.inbox.has(event)) hook.lost += 1;
    }
    hook.retries.clear();
    clock.setTimeout(() => {
      hook.enabled = true;
      hook.times = [];
      hook.failures = [];
      hook.head = 0;
      hook.failedInside = 0;
    }, REENABLE_MS);
  };
  const ended = (event, attempt, processed, failed) => {
    const atMs = clock.now;
    hook.attempts += 1;
    if (processed) hook.inbox.add(event);
    const trips = count(hook, atMs, failed) && hook.enabled;
    if (trips) hook.enabled = false;
    if (!failed) hook.delivered += 1;
    else {
      hook.failed += 1;
      if (attempt >= attemptsMax || !hook.enabled) {
        hook[attempt >= attemptsMax ? 'exhausted' : 'dropped'] += 1;
        if (!hook.inbox.has(event)) hook.lost += 1;
      } else {
        const again = () => {
          hook.retries.delete(event);
          begin(event, attempt + 1);
        };
        hook.retries.set(event, clock.setTimeout(again, delaysMs[attempt - 1]));
      }
    }
    if (trips) disable(atMs);
  };
  const begin = (event, attempt) => {
    const atMs = clock.now;
    const isDown =
      (outage !== undefined && atMs >= outage.fromMs && atMs < outage.untilMs) ||
      (below !== undefined && draw(failSeed, event, attempt) < below);
    if (isDown || latency === undefined) {
      ended(event, attempt, !isDown, isDown);
      return;
    }
    const unit = draw(latencySeed, event, attempt) / 2 ** 32;
    const tookMs = latency.minMs + Math.floor(unit * latency.spanMs);
    const failed = tookMs > timeoutMs;
    clock.setTimeout(() => ended(event, attempt, true, failed), Math.min(tookMs, timeoutMs));
  };
  const happen = (event) => {
    if (event + 1 < events) {
      const nextMs = Math.round((event + 1) * everyMs);
      clock.setTimeout(() => happen(event + 1), nextMs - clock.now);
    }
    if (hook.enabled) begin(event, 1);
    else {
      hook.missed += 1;
      hook.lost += 1;
    }
  };
  clock.setTimeout(() => happen(0), 0);
  return hook;
};

const createClock = () => FakeTimers.createClock(0, Number.POSITIVE_INFINITY);

/** Plays all parts, on one clock or on one for each hook, and tells how many attempts there were. */
export const playAll = async (parts, hasLatency, { isAsync, isTogether }, digest) => {
  const run = async (clock) => (isAsync ? clock.runAllAsync() : clock.runAll());
  const common = createClock();
  const hooks = [];
  for (const { kind, events, accounts } of parts) {
    const numbers = numbersOf(kind, hasLatency);
    for (let account = 0; account < accounts; account++) {
      const clock = isTogether ? common : createClock();
      hooks.push(playAccount(clock, events, numbers, `1/account/${account}/receiver/main`));
      if (!isTogether) await run(clock);
    }
  }
  await run(common);
  for (const hook of hooks) digest.hook(hook, hook.disabledMs);
  return hooks.reduce((sum, { attempts }) => sum + attempts, 0);
};
