import { HookproofError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { keysOf } from '../runner/events.js';

/** A receiver's work on one event: resolves once the event is done or known, rejects to be retried. */
export type EventHandler = (event: TruoraEvent) => Promise<unknown>;

/** A store of idempotency keys. */
export interface DedupStore {
  /** Whether the caller may do the work: true for one caller alone. */
  readonly claim: (key: string) => Promise<boolean> | boolean;
  /** Gives a claim back after the work has failed, so that a retry may claim it again. */
  readonly release: (key: string) => Promise<unknown>;
  /** Whether a key's work is done; where it is there, a claim that is refused is looked up. */
  readonly seen?: (key: string) => Promise<boolean> | boolean;
}

/** What a subject that is made for each schedule gets to work with. */
export interface Lab {
  /**
   * The effect that must happen once: takes one turn of the interleaving, counts, and fails where
   * the schedule says so.
   */
  readonly effect: (event: TruoraEvent) => Promise<void>;
  /** Makes each call of an asynchronous function one turn of the interleaving, as I/O is. */
  readonly io: <Args extends unknown[], Result>(
    call: (...args: Args) => Promise<Result> | Result,
  ) => (...args: Args) => Promise<Result>;
}

/** Made anew for each schedule, so that nothing is left of the one before. */
export interface Factory {
  readonly create: (lab: Lab) => EventHandler | DedupStore;
}

/** What {@link checkDedup} tests. */
export type DedupSubject = EventHandler | DedupStore | Factory;

export interface Subject {
  readonly create: (lab: Lab) => EventHandler;
  /** Whether the effects go through the lab. */
  readonly countedByLab: boolean;
}

const isStore = (made: EventHandler | DedupStore): made is DedupStore => typeof made !== 'function';

/** The same for every kind of subject: what makes a handler. */
export const toSubject = (subject: DedupSubject): Subject => {
  if (typeof subject === 'function') return { create: () => subject, countedByLab: false };
  if (!hasFunctions(subject, 'create')) requireWorker(subject, 'what is to be checked');
  const create = 'create' in subject ? subject.create : () => subject;
  return {
    create: (lab) => {
      const made = create(lab);
      requireWorker(made, 'what create returns');
      return isStore(made) ? workOn(made, lab) : made;
    },
    countedByLab: true,
  };
};

/** @throws {HookproofError} `invalid_argument` for what is neither a handler nor a store */
const requireWorker = (made: unknown, what: string): void => {
  if (typeof made === 'function' || hasFunctions(made, 'claim', 'release')) return;
  throw mistaken(
    `${what} is ${made instanceof Promise ? 'a promise' : describeMade(made)}, and neither a handler nor a store`,
    'a handler is (event) => Promise, a store { claim, release }; what has to be awaited is awaited in them, or before',
  );
};

const hasFunctions = (value: unknown, ...names: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof Reflect.get(value, name) === 'function');

const describeMade = (made: unknown): string =>
  made === null || made === undefined ? String(made) : `of type ${typeof made}`;

const mistaken = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** What a receiver with such a store does: claim, work, and give back what failed. */
const workOn = (store: DedupStore, { effect, io }: Lab): EventHandler => {
  const claim = io(async (key: string) => store.claim(key));
  const release = io(async (key: string) => store.release(key));
  const seen = io(async (key: string) => store.seen?.(key) ?? true);
  return async (event) => {
    const [key = ''] = keysOf(event);
    if (!(await claim(key))) {
      if (await seen(key)) return;
      throw new Error('another delivery of this event is in work');
    }
    try {
      await effect(event);
    } catch (error) {
      await release(key);
      throw error;
    }
  };
};
