/** What a request may take. */
import type { MiddlewareHandler } from 'hono';
import { HttpError } from './errors.js';

const BODY_BYTES_MAX = 1 << 20;

/** Requests that may be in hand at a time: far more than a team's tests need. */
const REQUESTS_MAX = 256;

const tooLarge = (): HttpError =>
  new HttpError(413, 'too_large', 'the body is larger than 1 MiB', 'send less at a time');

const readBody = async (body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw tooLarge();
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
};

/**
 * Refuses a body that says that it is too long, or that turns out to be. What does not say its length
 * is read here and handed on whole: a request from a socket cannot be copied with another body.
 */
export const limitBody =
  (): MiddlewareHandler =>
  async ({ req }, next) => {
    const length = req.header('content-length');
    const isCounted = length !== undefined && req.header('transfer-encoding') === undefined;
    if (isCounted && Number(length) > BODY_BYTES_MAX) throw tooLarge();
    if (!isCounted && req.raw.body !== null) {
      const { url, method, headers, signal } = req.raw;
      const body = await readBody(req.raw.body);
      req.raw = new Request(url, { method, headers, signal, ...(body.length > 0 && { body }) });
    }
    await next();
  };

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
    const isRight = given === undefined ? !hasBody(req.raw) : essenceOf(given) === mediaType;
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

/** What does not say its length has been read by then. */
const hasBody = ({ headers, body }: Request): boolean => {
  const length = headers.get('content-length');
  return length === null ? body !== null : Number(length) > 0;
};
