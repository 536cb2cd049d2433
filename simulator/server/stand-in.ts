/**
 * What the stand-in can do, whoever asks: its API, its page, its command line or a test. One
 * implementation keeps it on PostgreSQL, embedded or not; instants are whole milliseconds since 1970 of
 * the stand-in's clock, which may be a test's.
 */
import type { DeliveryPolicy } from '../core/policy.js';
import type { Outcome } from '../core/outcome.js';

/** How e-mails address their reader. */
export type Language = 'es' | 'en' | 'pt';

/** A hook's own delivery options; where one is null the hook has none. */
export interface HookOptions {
  /** Attempts that may be in the air at a time, over all workers. */
  readonly concurrency: number | null;
  /** Whether an event waits until the one before it is settled. */
  readonly ordered: boolean;
}

/** A subscription, as it is stored. Its signing key is told apart, by `hooks.signingKey`. */
export interface Hook extends HookOptions {
  /** `HOK` and 32 hexadecimal characters. */
  readonly id: string;
  /** `all`, or one event type. */
  readonly eventType: string;
  /** The actions that it is told of; none stands for all of them. */
  readonly actions: readonly string[];
  readonly subscriberType: 'web' | 'email';
  /** For a web hook. */
  readonly subscriberUrl: string | null;
  /** For an e-mail hook. */
  readonly subscriberAddress: string | null;
  readonly subscriberName: string;
  readonly subscriberLanguage: Language;
  readonly status: 'enabled' | 'disabled';
  /** Who is told when the rule disables it. */
  readonly creatorAddress: string;
  readonly ownerAddress: string;
  readonly createdMs: number;
  readonly updatedMs: number;
  readonly disabledMs: number | null;
  readonly disabledReason: 'rule' | 'request' | 'account' | null;
  /** A fault that is played in place of the receiver. */
  readonly fault: Fault | null;
}

/** What a hook's window holds at this instant. */
export interface WindowFigures {
  readonly failed: number;
  readonly total: number;
  /** `failed / total`, from 0 to 1; 0 for an empty window. */
  readonly share: number;
  /** Failures in a row that would disable the hook; null where none can. */
  readonly headroom: number | null;
  /** Deliveries that wait for an attempt, and when the next one is due. */
  readonly waiting: number;
  readonly nextDueMs: number | null;
}

/** A hook, and what the window of the rule holds. */
export type HookWithFigures = Hook & { readonly window: WindowFigures };

/** What may be said of a new hook; what is left out has its default. */
export interface HookDraft extends Partial<HookOptions> {
  readonly eventType: string;
  readonly actions?: readonly string[];
  readonly subscriberType: 'web' | 'email';
  readonly subscriberUrl?: string;
  readonly subscriberAddress?: string;
  readonly subscriberName?: string;
  readonly subscriberLanguage?: Language;
  readonly status?: 'enabled' | 'disabled';
  readonly creatorAddress?: string;
  readonly ownerAddress?: string;
  /** 64 hexadecimal characters; drawn where it is left out. */
  readonly signingKey?: string;
}

/** How the receiver is made to look, without asking it. */
export interface Fault {
  readonly outcome:
    | { readonly kind: 'status'; readonly status: number }
    | {
        readonly kind: 'timeout' | 'reset' | 'refused' | 'dns' | 'tls' | 'redirects';
      };
  /** For how many attempts more; null until it is taken away. */
  readonly times: number | null;
}

export type DeliveryStatus =
  /** Waits for its next attempt, or has it in the air. */
  | 'waiting'
  /** Waits until the hook is enabled (`onDisable: hold`). */
  | 'held'
  | 'delivered'
  | 'exhausted'
  | 'dropped';

/** What happened, and how its deliveries stand. */
export interface StoredEvent {
  /** `HKE…`, in the token. */
  readonly id: string;
  /** `HIK…`, in the Events API. */
  readonly idempotencyKey: string;
  /** Grows with each event: events are listed from the newest on. */
  readonly sequence: number;
  /** The product's slug, and the pair's name: `checks.finished`. */
  readonly product: string;
  readonly name: string;
  readonly eventType: string;
  readonly eventAction: string;
  readonly resourceId: string;
  readonly version: string;
  /** RFC 3339, as it is sent. */
  readonly timestamp: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly createdMs: number;
  readonly updatedMs: number;
  /** Over all hooks; `pending` until one is settled for good or ill. */
  readonly deliveryStatus: 'success' | 'failure' | 'pending';
  readonly deliveryAttempts: number;
}

/** One or more events on their way to one hook. */
export interface Delivery {
  readonly id: string;
  readonly hookId: string;
  readonly eventIds: readonly string[];
  readonly status: DeliveryStatus;
  readonly resend: boolean;
  /** Attempts that have ended. */
  readonly attempts: number;
  readonly createdMs: number;
  /** When the next attempt is due; null once it is settled. */
  readonly dueMs: number | null;
}

/** One HTTP exchange that has ended, and the window after it. No key and no token is kept. */
export interface StoredAttempt {
  /** Grows with each attempt, in the order in which they ended. */
  readonly sequence: number;
  readonly deliveryId: string;
  readonly hookId: string;
  readonly eventIds: readonly string[];
  /** From 1, within its delivery. */
  readonly attempt: number;
  readonly resend: boolean;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly latencyMs: number;
  readonly outcome: Outcome;
  readonly failed: boolean;
  /** Whether the window counts it. */
  readonly counted: boolean;
  readonly windowFailed: number;
  readonly windowTotal: number;
  readonly headroom: number | null;
  readonly next: 'delivered' | 'retry' | 'held' | 'exhausted' | 'dropped';
  readonly retryAtMs: number | null;
  /** What was sent: its address, its headers, and what the token said. */
  readonly request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly tokenHeader: Readonly<Record<string, unknown>>;
    /** Seconds, RFC 7519. The events are those of `eventIds`. */
    readonly iatSeconds: number;
    readonly bytes: number;
  };
  /** What came back: the beginning of its body, as text. Null where nothing did. */
  readonly response: {
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  } | null;
}

/** What else is in the ledger, beside the attempts. */
export interface StoredIncident {
  readonly sequence: number;
  readonly hookId: string;
  readonly atMs: number;
  readonly kind: 'disabled' | 'enabled' | 'mail' | 'missed' | 'dropped';
  /** For `disabled`: why, and what the window held. */
  readonly reason: 'rule' | 'request' | 'account' | null;
  readonly windowFailed: number | null;
  readonly windowTotal: number | null;
  /** For `mail`: to whom. */
  readonly to: readonly string[];
  /** For `missed` (it happened while the hook was disabled) and `dropped`. */
  readonly eventIds: readonly string[];
}

/** Attempts and incidents share one count, so that the two merge in order. */
export type LedgerEntry = (StoredAttempt & { readonly kind: 'attempt' }) | StoredIncident;

/** An e-mail that left, or lies in the outbox. */
export interface StoredMail {
  readonly id: string;
  readonly kind: 'update' | 'disabled';
  readonly hookId: string;
  /** In what capacity its reader gets it. */
  readonly role: 'subscriber' | 'creator' | 'owner';
  readonly to: string;
  readonly language: Language;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly createdMs: number;
  /** When SMTP took it; null while it has not, or where there is none. */
  readonly sentMs: number | null;
  /** Why SMTP did not take it, the last time. */
  readonly error: string | null;
}

/** A page of a list, newest first. `next` asks for the page after it. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

export interface PageOrder {
  /** `next` of the page before. */
  readonly startKey?: string;
  /** At most so many rows; 100 where it is not said. */
  readonly limit?: number;
}

/** What is to happen. */
export interface EmitOrder {
  /** `checks.finished`, and the like. */
  readonly event: string;
  /**
   * Values by their place: `object.status`, `events.0.object.status` or `timestamp`. A place that
   * there is not is refused.
   */
  readonly set?: Readonly<Record<string, unknown>>;
  /** What it is about: an id of an earlier event's resource; a new one where it is left out. */
  readonly resource?: string;
  /** So many events, each about a resource of its own; 1 where it is left out. */
  readonly count?: number;
  /** So many events to a delivery; 1 where it is left out. */
  readonly batch?: number;
  /** Milliseconds until it happens. */
  readonly afterMs?: number;
  /** Only these hooks; all that subscribe where it is left out. */
  readonly hooks?: readonly string[];
}

/** A life of one resource: what happens, and how long after what came before. */
export interface LifecycleOrder {
  /** A product's slug. */
  readonly product: string;
  /** The actions in order; the product's usual course where it is left out. */
  readonly actions?: readonly string[];
  /** Milliseconds between two of them; 60 000 where it is left out. */
  readonly everyMs?: number;
  readonly set?: Readonly<Record<string, unknown>>;
}

export interface Emitted {
  /** What has happened at once; what is to happen later has no rows yet. */
  readonly events: readonly StoredEvent[];
  readonly deliveries: readonly Delivery[];
  /** Events that are to come, and when. */
  readonly scheduled: readonly { readonly name: string; readonly atMs: number }[];
  readonly resourceIds: readonly string[];
}

/** A change that is worth a look: what lists must be read anew. */
export interface Change {
  readonly topic: 'hooks' | 'events' | 'attempts' | 'mails' | 'clock';
  /** The hook or event that it is about, where it is one. */
  readonly id: string | null;
}

export interface LedgerQuery extends PageOrder {
  readonly hook?: string;
  /** What comes first; the oldest where it is not said. */
  readonly order?: 'oldest' | 'newest';
}

export interface EventQuery extends PageOrder {
  /** Part of an id, of a resource's id or of a name. */
  readonly search?: string;
  readonly status?: 'success' | 'failure' | 'pending';
  readonly eventType?: string;
}

export interface Resource {
  readonly id: string;
  readonly product: string;
  /** As its newest event left it, with what has been overridden. */
  readonly object: Readonly<Record<string, unknown>>;
  readonly overrideStatus: string | null;
  readonly updatedMs: number;
}

/** Sums for the metrics and the page's head. */
export interface Totals {
  readonly hooks: { readonly enabled: number; readonly disabled: number };
  readonly events: number;
  readonly attempts: { readonly ok: number; readonly failed: number };
  readonly deliveries: Readonly<Record<DeliveryStatus, number>>;
  readonly mails: { readonly sent: number; readonly waiting: number };
}

/** A stand-in for Truora, without its API and its page. */
export interface StandIn {
  readonly policy: DeliveryPolicy;
  readonly hooks: {
    /** The oldest first. */
    readonly list: (order?: PageOrder) => Promise<Page<HookWithFigures>>;
    readonly find: (id: string) => Promise<HookWithFigures | undefined>;
    readonly create: (draft: HookDraft) => Promise<HookWithFigures>;
    /** Undefined where there is no such hook. `status` disables and enables, by hand. */
    readonly update: (
      id: string,
      changes: Partial<HookDraft>,
    ) => Promise<HookWithFigures | undefined>;
    readonly remove: (id: string) => Promise<boolean>;
    readonly signingKey: (id: string) => Promise<string | undefined>;
    readonly setFault: (id: string, fault: Fault | null) => Promise<boolean>;
  };
  readonly events: {
    /** Of the last 60 days. */
    readonly list: (query?: EventQuery) => Promise<Page<StoredEvent>>;
    /** By `HKE…` or `HIK…`. */
    readonly find: (id: string) => Promise<StoredEvent | undefined>;
    readonly deliveriesOf: (id: string) => Promise<readonly Delivery[]>;
    readonly attemptsOf: (id: string) => Promise<readonly StoredAttempt[]>;
  };
  readonly resources: {
    readonly find: (id: string) => Promise<Resource | undefined>;
    /** A verdict that flips after its end: `override_status`. */
    readonly override: (id: string, status: string | null) => Promise<boolean>;
  };
  /** On a test clock it resolves when all that is due at once has ended. */
  readonly emit: (order: EmitOrder) => Promise<Emitted>;
  readonly lifecycle: (order: LifecycleOrder) => Promise<Emitted>;
  /** Sends an event again, by hand, to the hooks that subscribe to it or to those named. */
  readonly resend: (
    eventId: string,
    hooks?: readonly string[],
  ) => Promise<readonly Delivery[] | undefined>;
  readonly ledger: (query?: LedgerQuery) => Promise<Page<LedgerEntry>>;
  readonly mails: {
    readonly list: (order?: PageOrder) => Promise<Page<StoredMail>>;
    readonly find: (id: string) => Promise<StoredMail | undefined>;
  };
  readonly clock: {
    readonly kind: 'real' | 'test';
    readonly nowMs: () => number;
    /** When the next attempt, or event to come, is due. */
    readonly nextDueMs: () => Promise<number | null>;
    /**
     * Lets time pass on a test clock: all that falls due happens in order, and it resolves when it has.
     *
     * @throws {HookproofError} `invalid_argument` on the real clock
     */
    readonly advance: (
      byMs: number,
    ) => Promise<{ readonly nowMs: number; readonly attempts: number }>;
  };
  readonly totals: () => Promise<Totals>;
  /** Tells of changes, whichever worker made them, until the function that it returns is called. */
  readonly watch: (listener: (change: Change) => void) => () => void;
  /** Whether the store answers and deliveries are under way. */
  readonly isReady: () => Promise<boolean>;
  /** Lets what is in the air end, then lets go of the store. */
  readonly close: () => Promise<void>;
}
