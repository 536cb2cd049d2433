/**
 * Mock Service Worker handlers for the API that a receiver calls back: the resources of the events
 * that it was sent, and `GET /events`.
 *
 * @module hookproof/msw
 */
import { HttpResponse, delay, http } from 'msw';
import type { HttpHandler } from 'msw';
import { notFound, truoraError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { createTruoraApi } from '../probe/truora-api.js';

/** How an answer goes wrong. */
export type ApiFault =
  /** An error status: 429, 500, 503 … */
  | { readonly status: number }
  /** The connection breaks. */
  | { readonly network: true }
  /** The right answer, so many milliseconds late. */
  | { readonly delayMs: number }
  /** The resource as one event before: what a replica that lags tells. */
  | { readonly stale: true };

/** Truora’s API as a receiver under test meets it. */
export interface TruoraMock {
  /** For `setupServer(...handlers)`. */
  readonly handlers: readonly HttpHandler[];
  /** Lets the resources of events be found, as their newest event left them. */
  readonly know: (...events: readonly TruoraEvent[]) => void;
  /** The same, and makes `GET /events` list them, the first one first. */
  readonly publish: (
    events: readonly TruoraEvent[],
    options?: { readonly perPage?: number; readonly overlap?: number },
  ) => void;
  /** Makes the next answers go wrong, each in its way. */
  readonly failNext: (...faults: readonly ApiFault[]) => void;
  /** The paths that were asked for so far: `/v1/checks/CHK…`. */
  readonly asked: () => readonly string[];
  /** Forgets events, faults and what was asked. */
  readonly reset: () => void;
}

const TRUORA = /^https:\/\/(?:[\w-]+\.)+truora\.com\/v\d+\//;

/**
 * Truora's API for a receiver under test. By default every host under `truora.com` is answered; name
 * `origin` where the receiver is set to another one.
 *
 * @example
 * ```ts
 * const truora = mockTruora();
 * const server = setupServer(...truora.handlers);
 * truora.know(event);
 * truora.failNext({ status: 503 }, { stale: true });
 * ```
 */
export const mockTruora = ({ origin }: { readonly origin?: string } = {}): TruoraMock => {
  let [newest, before] = [createTruoraApi(), createTruoraApi()];
  let known: TruoraEvent[] = [];
  let paths: string[] = [];
  let faults: ApiFault[] = [];
  const know = (events: readonly TruoraEvent[]): void => {
    before.know(known);
    newest.know(events);
    known = [...known, ...events];
  };
  const respond = async (address: string): Promise<Response> => {
    const url = new URL(address);
    paths.push(url.pathname);
    const fault = faults.shift();
    if (fault !== undefined && 'status' in fault) {
      const { status } = fault;
      return HttpResponse.json(truoraError(status, 'a fault of the test'), { status });
    }
    if (fault !== undefined && 'network' in fault) return HttpResponse.error();
    if (fault !== undefined && 'delayMs' in fault) await delay(fault.delayMs);
    const isStale = fault !== undefined && 'stale' in fault;
    const found = (isStale ? before : newest).answer(url);
    return found === undefined
      ? HttpResponse.json(notFound, { status: 404 })
      : HttpResponse.json(found as Parameters<typeof HttpResponse.json>[0]);
  };
  return {
    handlers: [
      http.get(origin === undefined ? TRUORA : `${origin}/*`, async ({ request }) =>
        respond(request.url),
      ),
    ],
    know: (...events) => know(events),
    publish: (events, options) => {
      know(events);
      newest.publish(events, options);
    },
    failNext: (...more) => {
      faults.push(...more);
    },
    asked: () => paths,
    reset: () => {
      [newest, before] = [createTruoraApi(), createTruoraApi()];
      [known, paths, faults] = [[], [], []];
    },
  };
};
