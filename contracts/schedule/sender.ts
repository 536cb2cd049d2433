/** Sends the steps of a schedule. */
import type { TruoraEvent } from '../../simulator/index.js';
import type { HeldEffect } from '../probe/sink.js';
import type { Attempt, CaseContext } from '../runner/case.js';
import { isAcknowledged } from '../runner/judge.js';
import { createLimit } from '../runner/limit.js';
import type { Command, EventName } from './schedule.js';

const MINUTE_MS = 60_000;
/** A delivery whose answer is dropped has this long to be read before the connection is cut. */
const DROP_AFTER_MS = 20;
/** What was begun has this long to end before the retry; Truora's comes after half a minute. */
const RETRY_AFTER_MS = 50;
/** How long a slow effect takes, and how long it may take to begin. */
const HELD_MS = 400;
const HELD_PATIENCE_MS = 1000;
/** How old a schedule's tokens are at first: a schedule has fewer steps than that. */
const AGE_SECONDS = 30;
/** Of other events so many are looked at, the last: what fills up goes wrong at the end. */
const OTHERS_SEEN = 300;
const OTHERS_PER_DELIVERY = 50;
const PARTS_AT_ONCE = 8;

/** Sends what a schedule says, step by step, and keeps account of it. */
export const createSender = (events: ReadonlyMap<EventName, TruoraEvent>, context: CaseContext) => {
  const attempts: Attempt[] = [];
  const polled = new Set<EventName>();
  const failed = new Set<EventName>();
  const interrupted = new Set<EventName>();
  const others: TruoraEvent[] = [];
  /** The bytes that carried an event last. */
  const sent = new Map<TruoraEvent, string>();
  /** Effects that are held. */
  const pending: Promise<void>[] = [];
  /** At which step of the schedule an attempt was made. */
  const stepOf = new Map<Attempt, number>();
  let stepsMade = 0;
  /** How old tokens are: less at each signing anew, so that none has the `iat` of an earlier one. */
  let ageSeconds = AGE_SECONDS;
  let passedMinutes = 0;

  const eventOf = (name: EventName): TruoraEvent => {
    const event = events.get(name);
    if (event === undefined) throw new Error(`the schedule names no event ${name}`);
    return event;
  };
  const token = (of: readonly TruoraEvent[]): string => {
    const text = context.token(of, { ageSeconds: ageSeconds - passedMinutes * 60 });
    for (const event of of) sent.set(event, text);
    return text;
  };
  const send = async (of: readonly TruoraEvent[], body: string, label: string): Promise<void> => {
    attempts.push(await context.send('genuine', of, body, { label }));
  };
  const isUnanswered = (event: TruoraEvent): boolean =>
    attempts.some((one) => one.events.includes(event) && one.exchange.outcome.kind === 'failure');
  const letGo = async (held: HeldEffect, how: 'taken' | 'failed'): Promise<void> => {
    if (await held.arrived(HELD_PATIENCE_MS)) await context.wait(HELD_MS);
    held.release(how);
  };
  const deliverMany = async (count: number): Promise<void> => {
    const made = Array.from({ length: count }, () => context.event());
    const parts = Array.from({ length: Math.ceil(count / OTHERS_PER_DELIVERY) }, (_unused, part) =>
      made.slice(part * OTHERS_PER_DELIVERY, (part + 1) * OTHERS_PER_DELIVERY),
    );
    let isSwamped = false;
    const limit = createLimit(PARTS_AT_ONCE);
    const deliverPart = async (part: readonly TruoraEvent[]): Promise<readonly TruoraEvent[]> => {
      // What is still in work after its timeout would hold up the schedules that follow.
      if (isSwamped) return [];
      const last = (await context.deliver(part, { label: `${part.length} others` })).at(-1);
      const isTaken = last !== undefined && isAcknowledged(last);
      isSwamped ||= !isTaken;
      return isTaken ? part : [];
    };
    const taken = await Promise.all(
      parts.map(async (part) => limit(async () => deliverPart(part))),
    );
    others.push(...taken.flat().slice(-OTHERS_SEEN));
  };

  const play = async (command: Command): Promise<void> => {
    switch (command.do) {
      case 'deliver':
      case 'resign': {
        const event = eventOf(command.event);
        if (command.do === 'resign') ageSeconds = Math.max(0, ageSeconds - 1);
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
      case 'crossed': {
        const batch = command.events.map(eventOf);
        const orders = [batch, batch.toReversed()];
        attempts.push(
          ...(await context.race(orders.map((order) => ({ events: order, body: token(order) })))),
        );
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
      case 'slow-next': {
        const held = context.sink?.hold(eventOf(command.event));
        if (command.then === 'failed') failed.add(command.event);
        if (held !== undefined) pending.push(letGo(held, command.then));
        return;
      }
      case 'drop-response': {
        const event = eventOf(command.event);
        const body = token([event]);
        const label = 'answer dropped';
        if (context.raw === undefined) {
          const options = { label, isAnswerLost: true, timeoutMs: DROP_AFTER_MS };
          attempts.push(await context.send('genuine', [event], body, options));
          return;
        }
        const head = context.head([
          ['Content-Type', context.facts.contentType],
          ['Content-Length', String(Buffer.byteLength(body))],
        ]);
        const options = { label, then: 'reset', pauseMs: DROP_AFTER_MS } as const;
        attempts.push(await context.write('genuine', [event], [`${head}${body}`, ''], options));
        return;
      }
      case 'restart':
        for (const [name, event] of events) if (isUnanswered(event)) interrupted.add(name);
        await context.controls.restart?.();
        await context.untilUp();
        return;
      case 'advance':
        passedMinutes += command.minutes;
        await context.controls.clock?.(context.nowMs() + passedMinutes * MINUTE_MS);
        return;
      case 'pause':
        return context.wait(command.seconds * 1000);
      case 'many':
        return deliverMany(command.events);
    }
  };

  const step = async (command: Command): Promise<void> => {
    await play(command);
    for (const attempt of attempts) if (!stepOf.has(attempt)) stepOf.set(attempt, stepsMade);
    stepsMade++;
  };

  /** Until no effect is held any more. */
  const settle = async (): Promise<void> => {
    await Promise.all(pending);
  };

  /** Truora goes on until each delivery is acknowledged; so does this, on a compressed schedule. */
  const retryAll = async (): Promise<ReadonlyMap<EventName, Attempt>> => {
    // An attempt that a later one of the same event made good is not repeated.
    const isOpen = (event: TruoraEvent): boolean => {
      const genuine = attempts.filter(
        (one) => one.intent === 'genuine' && one.events.includes(event),
      );
      const steps = genuine.filter(isAcknowledged).map((one) => stepOf.get(one) ?? 0);
      return genuine.some(
        (one) => !isAcknowledged(one) && (stepOf.get(one) ?? 0) >= Math.max(-1, ...steps),
      );
    };
    const open = [...events].filter(([, event]) => isOpen(event));
    // What was to fail more often than it was tried would fail the retries too.
    for (const name of failed) context.sink?.mend(eventOf(name));
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
  return { step, settle, retryAll, attempts, polled, failed, interrupted, others };
};
