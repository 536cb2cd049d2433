import type { Outcome } from '../core/outcome.js';

/** One HTTP request, byte for byte: what is listed here is what goes on the wire. */
export interface DeliveryRequest {
  readonly url: string;
  readonly method: string;
  /** In this order and spelling; `Host` and `Content-Length` are added by the transport. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** How long an answer may take, in milliseconds from the moment the connection stands. */
  readonly timeoutMs: number;
  /** How many redirects are followed before the delivery counts as failed. */
  readonly redirectsMax: number;
  /** How much of the answer's body is kept; default `BODY_KEPT_BYTES`. */
  readonly bodyKeptBytes?: number;
}

/** What came of one request. */
export interface Exchange {
  readonly outcome: Outcome;
  /** Header names in lower case. Empty when there was no response. */
  readonly headers: Readonly<Record<string, string>>;
  /** The response's body, cut after the request's `bodyKeptBytes`. */
  readonly body: Uint8Array;
  /** Milliseconds from the standing connection to the end of the answer, or to the failure. */
  readonly latencyMs: number;
}

/** How much of a response's body is kept where the request does not say. */
export const BODY_KEPT_BYTES = 64 * 1024;

/** Carries requests to one kind of receiver. */
export interface Transport {
  /** Sends one request; resolves with what came of it, also where that is a failure. */
  readonly send: (request: DeliveryRequest) => Promise<Exchange>;
  /** One after the other, on one connection for as long as the receiver keeps it open. */
  readonly sendInSequence: (requests: readonly DeliveryRequest[]) => Promise<readonly Exchange[]>;
}

/** A failed exchange with nothing received. */
export const failed = (
  failure: Extract<Outcome, { kind: 'failure' }>['failure'],
  detail: string,
  latencyMs: number,
): Exchange => ({
  outcome: { kind: 'failure', failure, detail },
  headers: {},
  body: new Uint8Array(),
  latencyMs,
});

/** Reads a body to its end, or until it `isOver`, and keeps its beginning. */
export const keepBody = async (
  stream: AsyncIterable<Uint8Array> | readonly Uint8Array[],
  lengthMax: number,
  isOver = (): boolean => false,
): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    if (isOver()) break;
    if (length < lengthMax) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, lengthMax);
};
