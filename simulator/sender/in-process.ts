import { deferred } from '../core/deferred.js';
import { classifyError } from './failures.js';
import { BODY_KEPT_BYTES, failed, keepBody } from './transport.js';
import type { DeliveryRequest, Exchange, Transport } from './transport.js';
import { describeReturned, describeThrown } from './trouble.js';
import type { OnTrouble } from './trouble.js';
import { say } from '../../language/say.js';

/** A receiver as the Fetch standard's server side: Hono's `app.fetch`, a Next.js route, a worker. */
export type FetchHandler = (request: Request) => Response | Promise<Response>;

/**
 * Calls a handler in this process: no socket, the same bytes. A throw counts as status 500, and so
 * does what is no answer; `onTrouble` is told of both.
 */
export const createInProcessTransport = (
  handler: FetchHandler,
  onTrouble: OnTrouble = () => undefined,
): Transport => {
  const send: Transport['send'] = async (request) => call(handler, request, onTrouble);
  return {
    send,
    sendInSequence: async (requests) => {
      const exchanges: Exchange[] = [];
      for (const request of requests) exchanges.push(await send(request));
      return exchanges;
    },
  };
};

const call = async (
  handler: FetchHandler,
  delivery: DeliveryRequest,
  onTrouble: OnTrouble,
): Promise<Exchange> => {
  const { url, method, headers, body, timeoutMs, bodyKeptBytes = BODY_KEPT_BYTES } = delivery;
  const startedAt = performance.now();
  const elapsed = (): number => performance.now() - startedAt;
  const bodyless = method === 'GET' || method === 'HEAD';
  let request: Request;
  try {
    request = new Request(url, {
      method,
      headers: headers.map(([name, value]) => [name, value]),
      body: bodyless ? null : Uint8Array.from(body),
    });
  } catch (error) {
    return failed('protocol', classifyError(error).detail, elapsed());
  }
  let over = false;
  const fault = (what: string): Exchange => {
    onTrouble(what);
    return answered(500, elapsed(), { headers: {}, body: new Uint8Array() });
  };
  const answer = async (): Promise<Exchange> => {
    const response: unknown = await handler(request);
    if (!isResponse(response)) return fault(describeReturned(response));
    const kept = await keepBody(response.body ?? [], bodyKeptBytes, () => over);
    const rest = { headers: Object.fromEntries(response.headers), body: kept };
    return answered(response.status, elapsed(), rest);
  };
  const timeout = deferred<Exchange>();
  const timer = setTimeout(
    () =>
      timeout.resolve(failed('timeout', say`no complete answer within ${timeoutMs} ms`, elapsed())),
    timeoutMs,
  );
  try {
    return await Promise.race([answer(), timeout.promise]);
  } catch (error) {
    return fault(describeThrown(error));
  } finally {
    over = true;
    clearTimeout(timer);
  }
};

/** Told by its shape: a framework or a browser environment may bring a class of its own. */
const isResponse = (value: unknown): value is Response =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  typeof value.status === 'number' &&
  'headers' in value &&
  typeof value.headers === 'object' &&
  value.headers !== null &&
  Symbol.iterator in value.headers &&
  'body' in value;

const answered = (
  status: number,
  latencyMs: number,
  rest: Pick<Exchange, 'headers' | 'body'>,
): Exchange => ({ outcome: { kind: 'response', status, redirects: 0 }, latencyMs, ...rest });
