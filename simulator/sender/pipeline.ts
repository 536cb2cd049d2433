import { CONNECT_TIMEOUT_MS, pinnedLookup } from './connect.js';
import { classifyError } from './failures.js';
import type { HttpOptions } from './http.js';
import { pathAsWritten } from './raw-request.js';
import { BODY_KEPT_BYTES, failed, keepBody } from './transport.js';
import type { DeliveryRequest, Exchange } from './transport.js';

/** Sends requests on one connection without waiting for the answers between them. */
export const pipeline = async (
  requests: readonly DeliveryRequest[],
  { guard, insecure }: HttpOptions,
): Promise<readonly Exchange[]> => {
  const [first] = requests;
  if (first === undefined) return [];
  const url = new URL(first.url);
  const { Client, buildConnector } = await import('undici');
  const connect = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    rejectUnauthorized: !insecure,
    lookup: pinnedLookup(await guard(url)),
  });
  const client = new Client(url.origin, {
    connect,
    pipelining: requests.length,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const timer = setTimeout(() => {
    void client.destroy(new Error('timed out'));
  }, first.timeoutMs);
  const send = async (request: DeliveryRequest): Promise<Exchange> => {
    const startedAt = performance.now();
    try {
      const { statusCode, headers, body } = await client.request({
        method: request.method,
        path: pathAsWritten(request.url),
        headers: request.headers.flat(),
        body: request.body,
        // undici holds back a POST behind another one unless it is told that it may be repeated.
        idempotent: true,
        blocking: false,
      });
      return {
        outcome: { kind: 'response', status: statusCode, redirects: 0 },
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, String(value)]),
        ),
        body: await keepBody(body, BODY_KEPT_BYTES),
        latencyMs: performance.now() - startedAt,
      };
    } catch (error) {
      const { failure, detail } = classifyError(error);
      return failed(failure, detail, performance.now() - startedAt);
    }
  };
  try {
    return await Promise.all(requests.map(send));
  } finally {
    clearTimeout(timer);
    await client.destroy().catch(() => undefined);
  }
};
