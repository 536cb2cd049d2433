/** What a request may take. */
import type { MiddlewareHandler } from 'hono';
import { HttpError } from './errors.js';

const BODY_BYTES_MAX = 1 << 20;

/** Requests that may be in hand at a time: far more than a team's tests need. */
const REQUESTS_MAX = 256;

/**
 * Reads bodies of unknown length before anybody else does. Not by Hono's own: it makes a `Request` of
 * the one at hand, which Node refuses where that is the server's light one.
 */
export const limitBody =
  (): MiddlewareHandler =>
  async ({ req }, next) => {
    const { body, headers, method, url } = req.raw;
    if (body === null) return next();
    const length = headers.get('content-length');
    if (length !== null && !headers.has('transfer-encoding')) {
      if (Number(length) > BODY_BYTES_MAX) throw tooLarge();
      return next();
    }
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) throw tooLarge();
      chunks.push(chunk);
    }
    const read = bytes === 0 ? {} : { body: Buffer.concat(chunks) };
    req.raw = new Request(url, { method, headers, ...read });
    return next();
  };

const tooLarge = (): HttpError =>
  new HttpError(413, 'too_large', 'the body is larger than 1 MiB', 'send less at a time');

export const limitRequests = (): MiddlewareHandler => {
  let inHand = 0;
  return async (_context, next) => {
    if (inHand >= REQUESTS_MAX) {
      throw new HttpError(
        429,
        'too_many_requests',
        `${REQUESTS_MAX} requests are in hand`,
        'wait a second, then ask again',
        { 'Retry-After': '1' },
      );
    }
    inHand++;
    try {
      await next();
    } finally {
      inHand--;
    }
  };
};

/** Bodies come as one media type only: what a form of a foreign page can send is refused. */
export const askMediaType =
  (mediaType: string): MiddlewareHandler =>
  async ({ req }, next) => {
    const given = req.header('content-type');
    const isRight =
      given === undefined ? !(await hasBody(req.raw)) : essenceOf(given) === mediaType;
    if (isRight || req.method === 'GET' || req.method === 'HEAD') return next();
    throw new HttpError(
      415,
      'unsupported_media_type',
      `expected a body of the type ${mediaType}`,
      `send Content-Type: ${mediaType}`,
    );
  };

const essenceOf = (contentType: string): string =>
  (contentType.split(';')[0] ?? '').trim().toLowerCase();

const hasBody = async (request: Request): Promise<boolean> => {
  if (request.body === null) return false;
  if (request.headers.get('content-length') === '0') return false;
  return (await request.clone().arrayBuffer()).byteLength > 0;
};
