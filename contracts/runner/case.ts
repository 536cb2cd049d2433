import type {
  DeliveryRequest,
  Exchange,
  Random,
  RawSender,
  TruoraEvent,
} from '../../simulator/index.js';
import type { Canary } from '../probe/canary.js';
import type { EventsApi } from '../probe/events-api.js';
import type { SinkControl } from '../probe/sink.js';
import type { Wrapping } from './other-bodies.js';
import type { Demand } from './other-tokens.js';

export type { Canary } from '../probe/canary.js';
export type { EventsApi } from '../probe/events-api.js';
export type { SinkControl } from '../probe/sink.js';

/** The suite of a case: the first part of its id. */
export type Suite = 'verification' | 'idempotency' | 'recovery' | 'response' | 'transport';

/** `must`: breaking it fails the run; `should`: a warning, fails with `--strict`; `may`: advice. */
export type Level = 'must' | 'should' | 'may';

/** What a broken rule costs where it goes wrong. */
export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** What a case needs beyond sending requests; without it, its verdict is not observable. */
export type Need =
  | 'effects'
  | 'socket'
  /** Effects that go to hookproof, which can hold, fail or drop them. */
  | 'sink'
  /** A listener of hookproof's that the receiver could reach. */
  | 'canary'
  /** A second instance on the same store. */
  | 'peer'
  /** The final state of a resource. */
  | 'state'
  | keyof ReceiverControls;

/** What can be done to the receiver from outside, as far as its owner provides it. */
export interface ReceiverControls {
  /** Kills the receiver and starts it again; resolves when the command has ended. */
  readonly restart?: () => Promise<void>;
  /** Sets the receiver's clock, in milliseconds since 1970; undefined gives it the real time back. */
  readonly clock?: (nowMs: number | undefined) => Promise<void>;
  /** Makes the receiver read `GET /events` from the API at `apiUrl` now, and work on what it finds. */
  readonly poll?: (apiUrl?: string) => Promise<void>;
  /** Gives the receiver another signing key. */
  readonly rekey?: (key: string) => Promise<void>;
  /** Takes the receiver's store away, and brings it back. */
  readonly outage?: (down: boolean) => Promise<void>;
}

/**
 * Why an attempt is made. `genuine` ones must be taken, `hostile` ones must have no effect, and of
 * an `oddity` only this is asked: no 5xx, no hang, one effect at most.
 */
export type Intent = 'genuine' | 'hostile' | 'oddity';

/** One request that was sent, and what came back. */
export interface Attempt {
  readonly caseId: string;
  /** Tells the attempts of one case apart: `copy 2`, `alg "nOnE"`. */
  readonly label: string;
  readonly intent: Intent;
  /** The events in it; a hostile attempt's are those that it would like to smuggle in. */
  readonly events: readonly TruoraEvent[];
  readonly request: Pick<DeliveryRequest, 'method' | 'url' | 'headers'> & {
    readonly bodyBytes: number;
    /** The body, for review only: it may be a valid token and is in no report. */
    readonly body: Uint8Array;
    /** SHA-256 of the body, hexadecimal. */
    readonly bodyDigest: string;
  };
  readonly exchange: Exchange;
  /** Milliseconds since the run began. */
  readonly atMs: number;
}

/** What the run found out about the receiver before it judged anything. */
export interface ReceiverFacts {
  /** Effects can be counted. */
  readonly effects: boolean;
  /** It answers 2xx to whatever it is sent: its status says nothing. */
  readonly statusBlind: boolean;
  /** Keeps one row a resource, so that a later event takes the earlier one's place. */
  readonly latestPerResource: boolean;
  /** Names of the pairs that showed an effect; all pairs when effects cannot be seen. */
  readonly handled: ReadonlySet<string>;
  /** Names of pairs whose first delivery ended in a fault, whose retry was acknowledged, without effect. */
  readonly brokenFirst: ReadonlySet<string>;
  /** The content type its genuine deliveries are judged with. */
  readonly contentType: string;
}

export interface EventOptions {
  /** Name of the pair, `checks.finished`; by default one that the receiver handles. */
  readonly pair?: string;
  /** An earlier event whose resource this one is about too. */
  readonly about?: TruoraEvent;
  /** How long before now it happened, in seconds; default 3. */
  readonly ageSeconds?: number;
}

export interface SendOptions {
  readonly label?: string;
  readonly method?: string;
  /** `null` sends no Content-Type at all. */
  readonly contentType?: string | null;
  readonly headers?: readonly (readonly [name: string, value: string])[];
  /** Another URL on the same receiver, or its peer's. */
  readonly url?: string;
  /** How long to wait for the answer, in milliseconds; the run's timeout by default. */
  readonly timeoutMs?: number;
  /** The answer is lost on its way, whatever it was. */
  readonly isAnswerLost?: boolean;
  /** How much of the answer's body is kept; 64 KiB by default. */
  readonly answerKeptBytes?: number;
}

export interface WriteOptions {
  readonly label?: string;
  /**
   * What follows the last chunk. `await-answer`; `half-close`: end our side, then wait; `end`: the
   * same, and an end without an answer is expected; `reset`: cut the connection at once.
   */
  readonly then?: 'await-answer' | 'half-close' | 'end' | 'reset';
  /** How long to wait between two chunks, in milliseconds; 0 by default. */
  readonly pauseMs?: number;
  /** After the first chunk, how long to wait for `100 Continue`; by default not at all. */
  readonly continueMs?: number;
  readonly timeoutMs?: number;
}

export interface TokenOptions {
  /** Seconds between the token's `iat` and now; default 2 (some libraries refuse a fresh second). */
  readonly ageSeconds?: number;
  /** Another key than the run's. */
  readonly key?: string;
}

/** All that a case may touch. Time, chance and I/O reach it only through here. */
export interface CaseContext {
  readonly url: string;
  readonly key: string;
  readonly timeoutMs: number;
  readonly facts: ReceiverFacts;
  readonly random: Random;
  readonly raw: RawSender | undefined;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Promise<void>;
  /** A new event with a fresh key, drawn from the case's own stream. */
  readonly event: (options?: EventOptions) => TruoraEvent;
  /** The same event under another idempotency key. */
  readonly rekey: (event: TruoraEvent, key: string) => TruoraEvent;
  readonly keyOf: (event: TruoraEvent) => string;
  /** A genuine token. */
  readonly token: (events: readonly TruoraEvent[], options?: TokenOptions) => string;
  /** Sends once and records it. */
  readonly send: (
    intent: Intent,
    events: readonly TruoraEvent[],
    body: string | Uint8Array,
    options?: SendOptions,
  ) => Promise<Attempt>;
  /** Sends copies so that they complete at the same instant. */
  readonly race: (
    shots: readonly {
      readonly events: readonly TruoraEvent[];
      readonly body: string;
      /** The receiver's URL by default. */
      readonly url?: string;
    }[],
  ) => Promise<readonly Attempt[]>;
  /** Writes all requests to one connection before it reads an answer (RFC 9112 §9.3.2). */
  readonly pipeline: (
    shots: readonly {
      readonly intent: Intent;
      readonly events: readonly TruoraEvent[];
      readonly body: string;
      readonly label: string;
    }[],
  ) => Promise<readonly Attempt[]>;
  /** Writes raw bytes to a socket and records it. */
  readonly write: (
    intent: Intent,
    events: readonly TruoraEvent[],
    chunks: readonly (string | Uint8Array)[],
    options?: WriteOptions,
  ) => Promise<Attempt>;
  /** Sends one request after the other, on one connection for as long as the receiver keeps it. */
  readonly onOneConnection: (
    shots: readonly {
      readonly intent: Intent;
      readonly events: readonly TruoraEvent[];
      readonly body: string;
      readonly label: string;
    }[],
  ) => Promise<readonly Attempt[]>;
  /** The head of a POST to the receiver, with these headers, for `write`. */
  readonly head: (headers: readonly (readonly [name: string, value: string])[]) => string;
  /**
   * Delivers as Truora does: on a failed attempt it tries again, on a compressed schedule. Each
   * attempt is signed anew. The last attempt tells whether it arrived.
   */
  readonly deliver: (
    events: readonly TruoraEvent[],
    options?: SendOptions & { readonly body?: () => string | Uint8Array },
  ) => Promise<readonly Attempt[]>;
  /** Whether the probe can be asked for this event: a command is given no key that a shell could misread. */
  readonly canCount: (event: TruoraEvent) => boolean;
  /** Whether it answers for this event, too: a page may read a column that holds no such key. */
  readonly canBeAsked: (event: TruoraEvent) => Promise<boolean>;
  /** The effects of an event after the settle window; undefined when they cannot be seen. */
  readonly count: (event: TruoraEvent) => Promise<number | undefined>;
  /** Waits for an event's effect for a while; tells whether it was seen. */
  readonly untilSeen: (event: TruoraEvent) => Promise<boolean>;
  readonly sink: SinkControl | undefined;
  readonly canary: Canary | undefined;
  /** Where a second instance of the receiver takes deliveries. */
  readonly peerUrl: string | undefined;
  readonly controls: ReceiverControls;
  /** Present where the receiver can be made to poll. */
  readonly api: EventsApi | undefined;
  /** Whether states are shown at all. */
  readonly showsStates: boolean;
  /** The state of an event's resource as the receiver shows it, as JSON; undefined if it shows none. */
  readonly stateOf: (event: TruoraEvent) => Promise<string | undefined>;
  /** Waits until the receiver takes connections again; tells whether it does. */
  readonly untilUp: () => Promise<boolean>;
}

/**
 * `inconclusive`: it was tried and what came back proves nothing. `notObservable`: only effects
 * could tell, and they cannot be seen. Neither is ever a pass.
 */
export type Verdict = 'passed' | 'failed' | 'inconclusive' | 'notObservable' | 'skipped';

export interface Judgement {
  readonly verdict: Verdict;
  readonly expected: string;
  readonly actual: string;
  /** A review's: what shows the failure among the attempts that it looked at. */
  readonly shownBy?: readonly Attempt[];
}

/** What was seen when everything had been sent and had settled. */
export interface Seen {
  readonly facts: ReceiverFacts;
  /** The effects of an event; undefined when they cannot be seen. */
  readonly count: (event: TruoraEvent) => number | undefined;
}

/** What a case returns: which events to count at the end of the run, and how to judge the counts. */
export interface Observations {
  readonly attempts: readonly Attempt[];
  /** `expected` says how many effects a right receiver shows; missing ones are waited for. */
  readonly watched: readonly { readonly event: TruoraEvent; readonly expected: 0 | 1 }[];
  readonly judge: (seen: Seen) => Judgement;
}

interface CaseDescription {
  /** Stable: `suite/slug`. */
  readonly id: string;
  /** Its row in the catalogue of cases: `V030`. */
  readonly catalogue: string;
  readonly suite: Suite;
  /** Cases of one family share a cause: twenty `none` variants are one finding. */
  readonly family: string;
  readonly level: Level;
  readonly severity: Severity;
  readonly title: string;
  readonly rule: string;
  readonly source: string;
  readonly why: string;
  readonly fix: string;
  readonly needs: readonly Need[];
  /** Guards against what no known receiver gets wrong: it need not tell a mutant. */
  readonly hygiene?: true;
}

/** A case that sends something of its own. */
export interface SendingCase extends CaseDescription {
  readonly kind: 'sends';
  /**
   * `group`: beside its family, between two controls. `patient`: mostly waits, so it runs in the
   * background. `alone`: loads the receiver, so no family is sent meanwhile. `disruptive`: restarts
   * the receiver or moves its clock, so nothing else is under way and all before it is counted.
   * `last`: may leave something behind that the receiver, or the probe, stumbles over.
   */
  readonly stage: 'group' | 'patient' | 'alone' | 'disruptive' | 'last';
  readonly run: (context: CaseContext) => Promise<Observations>;
}

/** A case that judges what all the others sent and received. */
export interface ReviewCase extends CaseDescription {
  readonly kind: 'reviews';
  readonly review: (history: RunHistory) => Judgement;
}

/** One rule of the contract, as a value. */
export type ContractCase = SendingCase | ReviewCase;

/** A genuine delivery between groups of cases, to see that the receiver still works. */
export interface Control {
  /** What was sent since the control before. */
  readonly after: string;
  readonly event: TruoraEvent;
  readonly taken: boolean;
  readonly attempts: readonly Attempt[];
}

/** A whole run, as review cases see it. */
export interface RunHistory {
  readonly attempts: readonly Attempt[];
  /** The level of the case that an attempt was made for; undefined for the run's own. */
  readonly levelOf: (attempt: Attempt) => Level | undefined;
  /** The first deliveries: one of each pair. */
  readonly introduction: readonly { readonly pair: string; readonly attempt: Attempt }[];
  readonly controls: readonly Control[];
  readonly seen: Seen;
  readonly key: string;
  readonly timeoutMs: number;
  /** Products that the user says the receiver handles. */
  readonly products: readonly string[] | undefined;
  readonly diagnosis: Diagnosis | undefined;
}

/** Why genuine deliveries are not taken, as far as it can be told from outside. */
export type Diagnosis =
  | { readonly kind: 'content-type'; readonly configured: string; readonly works: string }
  | { readonly kind: 'json-parser-only' }
  | { readonly kind: 'wavering' | 'clock-behind' | 'age-refused' }
  | { readonly kind: 'demands'; readonly demand: Demand }
  | { readonly kind: 'wants-wrapping'; readonly wrapping: Wrapping }
  | { readonly kind: 'refused' | 'no-effect'; readonly answer: string };
