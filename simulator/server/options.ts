/** What a stand-in is opened with. */
import type { DeliveryPolicy } from '../core/policy.js';
import type { Transport } from '../sender/transport.js';
import type { Mailer } from './mail/mailer.js';

/** Where everything is kept. */
export type Database =
  /** In this process; in memory only where no folder is named. */
  | { readonly kind: 'embedded'; readonly folder: string | undefined }
  | { readonly kind: 'postgres'; readonly url: string };

/** Where a process says what it does: pino's shape. Never a key, never a token. */
export interface Log {
  readonly debug: (facts: object, message: string) => void;
  readonly info: (facts: object, message: string) => void;
  readonly warn: (facts: object, message: string) => void;
  readonly error: (facts: object, message: string) => void;
}

/** What a stand-in works with. */
export interface StandInOptions {
  readonly database: Database;
  readonly policy: DeliveryPolicy;
  /** A test clock stands still until it is advanced, and goes on from where it was. */
  readonly clock: 'real' | 'test';
  /** Carries deliveries, guarded. */
  readonly transport: Transport;
  /** Carries e-mails; without one they stay in the outbox. */
  readonly mailer: Mailer | undefined;
  /** Where people reach the page: `http://127.0.0.1:4000`. */
  readonly publicUrl: () => string;
  /** Encrypts the signing keys at rest; undefined to keep them as they are. */
  readonly secret: string | undefined;
  /** Attempts that this process may have in the air; 0 to leave all of them to workers. */
  readonly concurrency: number;
  /**
   * By how much of a delay, at most, each retry comes later, drawn at random; from 0, none, to 1. Truora
   * tells of none (DOC).
   */
  readonly jitter: number;
  /** Seeds what is drawn: resources, ids, keys. Undefined for true chance. */
  readonly seed: number | undefined;
  readonly log: Log;
}
