/** What the stand-in's HTTP side is told. */
import type { Log } from '../options.js';

export interface ApiOptions {
  /** The `Truora-API-Key` that is taken; without one any that is not empty (an assumption). */
  readonly apiKey: string | undefined;
  /** What opens the control API under `/_hookproof/`. */
  readonly controlToken: string;
  /** Where people reach it: `http://127.0.0.1:4000`. */
  readonly publicUrl: () => string;
  /** Names that it may be called by, beside the loopback ones and the public one's. */
  readonly allowedHosts: readonly string[];
  /** The page's HTML; without one a short page links the reference. */
  readonly page: string | undefined;
  readonly log: Log;
}

/** What the server hands over with each request; nothing where a request comes in process. */
export interface Bindings {
  /** Ends the streams when the server closes. */
  readonly closing?: AbortSignal;
}

/** What all routes run in. */
export interface ApiEnv {
  readonly Bindings: Bindings;
}
