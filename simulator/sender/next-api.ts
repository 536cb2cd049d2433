import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeHandler } from './node-handler.js';

/** A file below `pages/api`: its handler and, where it has one, its `config`. */
export interface NextApiRoute {
  readonly default: (request: never, response: never) => unknown;
  readonly config?: { readonly api?: { readonly bodyParser?: boolean | object } };
}

const BODY_LIMIT_BYTES = 1 << 20;

/**
 * A Next.js API route as a Node handler: adds `query`, `cookies`, `body`, `status`, `json`, `send`
 * and `redirect` as Next does, and leaves the body unread where `config.api.bodyParser` is false.
 *
 * @example
 * ```ts
 * await verifyReceiver({ node: fromNextApi(await import('./pages/api/truora.js')) }, { key });
 * ```
 */
export const fromNextApi = (route: NextApiRoute): NodeHandler => {
  const handler = route.default as (request: IncomingMessage, response: ServerResponse) => unknown;
  return async (request, response) => {
    addToRequest(request);
    addToResponse(response);
    if (route.config?.api?.bodyParser !== false) {
      const body = await parseBody(request);
      if (typeof body === 'number') {
        response.writeHead(body, { Connection: 'close' }).end();
        return;
      }
      Object.assign(request, body);
    }
    await handler(request, response);
  };
};

const addToRequest = (request: IncomingMessage): void => {
  const { searchParams } = new URL(request.url ?? '/', 'http://receiver.test');
  const cookies = (request.headers.cookie ?? '').split(/; */).filter((pair) => pair.includes('='));
  Object.assign(request, {
    query: Object.fromEntries(
      [...new Set(searchParams.keys())].map((name) => {
        const values = searchParams.getAll(name);
        return [name, values.length === 1 ? values[0] : values];
      }),
    ),
    cookies: Object.fromEntries(
      cookies.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]),
    ),
  });
};

const addToResponse = (response: ServerResponse): void => {
  const send = (body: unknown): void => {
    if (typeof body === 'string' || body instanceof Uint8Array) response.end(body);
    else if (body === undefined || body === null) response.end();
    else json(body);
  };
  const json = (body: unknown): void => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(JSON.stringify(body));
  };
  const status = (code: number): ServerResponse => Object.assign(response, { statusCode: code });
  const redirect = (...[code, url]: [number, string] | [string]): void => {
    const [statusCode, location] = typeof code === 'number' ? [code, url ?? ''] : [307, code];
    response.writeHead(statusCode, { Location: location }).end();
  };
  Object.assign(response, { send, json, status, redirect });
};

/** The body as Next parses it, by its type; a number is the status of a refusal. */
const parseBody = async (request: IncomingMessage): Promise<{ body: unknown } | number> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_LIMIT_BYTES) return 413;
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const type = (request.headers['content-type'] ?? 'text/plain').split(';')[0]?.trim();
  switch (type) {
    case 'application/json':
    case 'application/ld+json':
      return parseJson(bytes.toString('utf8'));
    case 'application/x-www-form-urlencoded':
      return { body: Object.fromEntries(new URLSearchParams(bytes.toString('utf8'))) };
    case 'text/plain':
      return { body: bytes.toString('utf8') };
    default:
      return { body: bytes };
  }
};

const parseJson = (text: string): { body: unknown } | number => {
  try {
    return { body: text === '' ? {} : (JSON.parse(text) as unknown) };
  } catch {
    return 400;
  }
};
