/** A load run: connections kept busy with unique, freshly signed deliveries, and books of each. */
import { deferred } from '../core/deferred.js';
import type { HookproofError } from '../core/errors.js';
import type { DeliveryPolicy } from '../core/policy.js';
import type { HttpOptions } from '../sender/http.js';
import { AT_ONCE, arriveAtOnce, arriveAtRate } from './arrivals.js';
import { type Books, createBooks } from './books.js';
import { type Connection, createConnection } from './connection.js';
import { createDepartures } from './departures.js';
import { createKeeping } from './keeping.js';
import type { LoadFailure } from './outcomes.js';
import { createRequests } from './requests.js';
import type { Template } from './token.js';

/** What is delivered, where to, and how fast. */
export interface LoadOptions {
  readonly url: string;
  /** Deliveries take turns among them, by their number. */
  readonly templates: readonly Template[];
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly http: HttpOptions;
  /** Its timeout is how long an answer is waited for; it also says which attempts are failed ones. */
  readonly policy: DeliveryPolicy;
  readonly connections: number;
  /** Requests on a connection before the first answer; 1 waits for each. */
  readonly pipelining: number;
  /** Milliseconds between two requests, whatever the receiver does; undefined: as it takes them. */
  readonly everyMs?: number | undefined;
  /** Requests in all; undefined for no bound. */
  readonly count?: number | undefined;
  readonly durationMs?: number | undefined;
  /** The number of the first delivery: runs that follow each other must not repeat ids. */
  readonly firstNumber?: number;
}

/** A run that is under way. */
export interface LoadRun {
  /** Settles when every request has ended. */
  readonly done: Promise<void>;
  readonly books: Books;
  /** Whether any connection ever stood. */
  readonly reached: () => boolean;
  /** Whether a delivery of the open model was due while every connection stood and was busy. */
  readonly wasCramped: () => boolean;
  /** The number that the next delivery would have. */
  readonly nextNumber: () => number;
  /** Begins no more, and ends within a second. */
  readonly stop: () => void;
}

const TICK_MS = 10;
/** After a connection that could not be made, before the next try. */
const BACKOFF_MS = 100;
const STOP_WITHIN_MS = 1000;
/** Timers are late by up to so much: what is due sooner is waited for awake. */
const TIMER_SLACK_MS = 2;

/** Starts a run. Nothing is sent where the guard refuses: `done` then rejects. */
export const startLoad = (options: LoadOptions): LoadRun => {
  const nowMs = (): number => performance.now();
  const epochMs = Date.now() - performance.now();
  const beganMs = nowMs();
  const { policy, everyMs, count = Number.POSITIVE_INFINITY } = options;
  const bounds = { beganMs, count, durationMs: options.durationMs ?? Number.POSITIVE_INFINITY };
  const isOpenModel = everyMs !== undefined;
  const arrivals = isOpenModel ? arriveAtRate(bounds, everyMs) : arriveAtOnce(bounds);
  const books = createBooks(policy, beganMs);
  const requests = createRequests(options.templates, options.url, options.headers);
  const finished = deferred<void>();
  let isFinished = false;
  let isReached = false;
  let isBackingOff = false;
  let wasCramped = false;
  let dialsFailed = 0;
  let number = options.firstNumber ?? 0;
  let stopAtMs = Number.POSITIVE_INFINITY;
  let wakeTimer: NodeJS.Timeout | undefined;
  let wakeAtMs = Number.NaN;

  const finish = (): void => {
    if (isFinished) return;
    isFinished = true;
    clearInterval(ticking);
    clearTimeout(wakeTimer);
    for (const one of connections) one.cut('abandoned');
    finished.resolve();
  };

  const rested = (): void => {
    if (isFinished) return;
    if (arrivals.isOver(nowMs())) {
      if (connections.every((one) => one.inFlight() === 0)) finish();
    } else if (isOpenModel) pump();
    else if (!isBackingOff) for (const one of connections) one.open();
  };

  /** Takes what is due and cannot leave, and books it so. */
  const fail = (atMs: number, failure: LoadFailure, most: number): void => {
    for (let taken = 0; taken < most; taken++) {
      const dueMs = arrivals.take(atMs);
      if (Number.isNaN(dueMs)) return;
      books.failed(number++, dueMs === AT_ONCE ? atMs : dueMs, nowMs(), failure, 'unwritten');
    }
  };

  /** The open model: hands what is due to whoever has room, and sleeps until more is. */
  const pump = (): void => {
    if (isFinished) return;
    const atMs = nowMs();
    for (const one of connections) {
      if (arrivals.nextMs() > atMs) break;
      if (one.hasRoom()) one.fill(atMs);
    }
    if (arrivals.nextMs() > atMs) {
      wakeForNext();
      return;
    }
    wasCramped ||= connections.every((one) => one.state() === 'open' && !one.hasRoom());
    if (!isBackingOff) for (const one of connections) one.open();
  };
  const wake = (): void => {
    wakeAtMs = Number.NaN;
    pump();
  };
  const wakeForNext = (): void => {
    const nextMs = arrivals.nextMs();
    if (nextMs === wakeAtMs || nextMs === Number.POSITIVE_INFINITY) return;
    wakeAtMs = nextMs;
    clearTimeout(wakeTimer);
    const leftMs = nextMs - nowMs();
    if (leftMs <= TIMER_SLACK_MS) setImmediate(wake);
    else wakeTimer = setTimeout(wake, Math.floor(leftMs - TIMER_SLACK_MS / 2));
  };

  const unreachable = (failure: LoadFailure): void => {
    if (isFinished) return;
    dialsFailed += 1;
    const others = connections.some((one) => one.state() === 'open');
    const atMs = nowMs();
    if (!isOpenModel || !isReached) fail(atMs, failure, 1);
    // A connection that stands takes them; without one each would have met the same.
    else if (!others) fail(atMs, failure, Number.POSITIVE_INFINITY);
    const neverReached = !isReached && dialsFailed >= connections.length;
    if (neverReached) arrivals.stop();
    if (arrivals.isOver(atMs)) rested();
    else if (!isBackingOff) {
      isBackingOff = true;
      setTimeout(again, BACKOFF_MS);
    }
  };
  const again = (): void => {
    isBackingOff = false;
    rested();
  };

  const tick = (): void => {
    const atMs = nowMs();
    for (const one of connections) one.expire(atMs);
    if (atMs > arrivals.lastMs() + policy.timeoutMs) fail(atMs, 'unsent', Number.POSITIVE_INFINITY);
    if (atMs > stopAtMs) finish();
    else if (arrivals.isOver(atMs)) rested();
  };

  const keeping = createKeeping();
  const departures = createDepartures(nowMs);
  const most = Math.min(options.connections, count);
  const connections: readonly Connection[] = Array.from({ length: most }, () =>
    createConnection({
      url: new URL(options.url),
      http: options.http,
      requests,
      arrivals,
      books,
      keeping,
      departures,
      pipelining: options.pipelining,
      timeoutMs: policy.timeoutMs,
      nowMs,
      iatSeconds: (atMs) => Math.floor((epochMs + atMs) / 1000),
      nextNumber: () => number++,
      opened: () => {
        isReached = true;
        if (isOpenModel) pump();
        else for (const one of connections) if (one.hasRoom()) one.fill(nowMs());
      },
      filled: isOpenModel ? wakeForNext : () => undefined,
      rested,
      unreachable,
      refused: (error: HookproofError) => {
        if (isFinished) return;
        finished.reject(error);
        finish();
      },
    }),
  );
  for (const one of connections) one.open();
  const ticking = setInterval(tick, TICK_MS);

  return {
    done: finished.promise,
    books,
    reached: () => isReached,
    wasCramped: () => wasCramped,
    nextNumber: () => number,
    stop: () => {
      arrivals.stop();
      stopAtMs = nowMs() + Math.min(policy.timeoutMs, STOP_WITHIN_MS);
    },
  };
};
