/** What a test can ask a receiver about: events and tokens of its own. */
import { HookproofError } from '../simulator/index.js';
import type { TruoraEvent } from '../simulator/index.js';
import type { CaseContext } from './runner/case.js';
import { keysOf } from './runner/events.js';

/** A token with what it is about, as the arbitraries of `hookproof/fast-check` make them. */
export interface TokenOf {
  readonly token: string;
  readonly events?: readonly TruoraEvent[];
  readonly event?: TruoraEvent;
}

/** What can be delivered: a pair, an event or several, a token, or anything where it is left out. */
export type Deliverable = string | TruoraEvent | readonly TruoraEvent[] | TokenOf | undefined;

export const isToken = (delivery: Deliverable): delivery is TokenOf =>
  typeof delivery === 'object' && 'token' in delivery;

export const eventsFor = (
  context: CaseContext,
  delivery: Exclude<Deliverable, TokenOf>,
): readonly TruoraEvent[] => {
  if (delivery === undefined) return [context.event()];
  if (typeof delivery === 'string') return [context.event({ pair: delivery })];
  return 'id' in delivery ? [delivery] : delivery;
};

/** The events of a token: those it came with, or those that its payload names. */
export const eventsOf = ({ token, event, events }: TokenOf): readonly TruoraEvent[] => {
  if (events !== undefined) return events;
  if (event !== undefined) return [event];
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims = JSON.parse(payload) as { readonly events?: readonly TruoraEvent[] };
    return (claims.events ?? []).filter((one) => keysOf(one).length > 0);
  } catch {
    return [];
  }
};

/**
 * An event without a key, or a list without events, would be delivered, and prove nothing.
 *
 * @throws {HookproofError} `invalid_argument`
 */
export const requireDeliverable = (delivery: unknown): void => {
  if (delivery === undefined || typeof delivery === 'string') return;
  const events: readonly unknown[] = Array.isArray(delivery) ? delivery : [delivery];
  if (isTokenLike(delivery) || (events.length > 0 && events.every(isEvent))) return;
  throw wrong(
    'this is nothing that can be delivered',
    "pass the name of an event ('checks.finished'), an event with an id, a list of such events, or { token }",
  );
};

/** @throws {HookproofError} `invalid_argument` */
export const requireBody = (body: unknown): void => {
  if (typeof body === 'string' || isTokenLike(body)) return;
  throw wrong('this is no body', 'pass a text, or { token }');
};

/** @throws {HookproofError} `invalid_argument` */
export const requireTimes = (times: unknown): void => {
  if (Number.isSafeInteger(times) && Number(times) >= 1) return;
  throw wrong(
    `times is ${String(times)}, and nothing would be played`,
    'give a whole number of at least 1',
  );
};

const isEvent = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && keysOf(value as TruoraEvent).length > 0;

const isTokenLike = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'token' in value &&
  typeof value.token === 'string';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);
