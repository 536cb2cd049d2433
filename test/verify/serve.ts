/** Receivers behind real HTTP, on free ports, closed when their test ends. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import type { Receiver } from './receiver.js';

/** Answers a request on a path of its own; the receiver gets the others. */
export type Page = (url: URL, method: string) => Response | undefined;

const BODY_LIMIT = 6 << 20;

const requestOf = async (
  incoming: IncomingMessage,
  enoughBytes: number,
): Promise<Request | undefined> => {
  const { method = 'GET', url = '/', headers } = incoming;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > enoughBytes) return undefined;
    if (length <= BODY_LIMIT) chunks.push(chunk);
  }
  return new Request(`http://${headers.host ?? 'localhost'}${url}`, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    ),
    body: method === 'GET' || method === 'HEAD' ? null : Buffer.concat(chunks),
  });
};

const answer = async (response: Response, outgoing: ServerResponse): Promise<void> => {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(Buffer.from(await response.arrayBuffer()));
};

/**
 * Serves a receiver, and pages beside it; returns the origin. Of a body that has more than enough
 * bytes the rest is not waited for: 401.
 */
export const serve = async (
  { handle }: Pick<Receiver, 'handle'>,
  page: Page = () => undefined,
  enoughBytes = Infinity,
): Promise<string> => {
  const server = createServer((incoming, outgoing) => {
    const reply = async (): Promise<void> => {
      const request = await requestOf(incoming, enoughBytes);
      if (request === undefined) {
        await answer(new Response(null, { status: 401 }), outgoing);
        return;
      }
      await answer(page(new URL(request.url), request.method) ?? (await handle(request)), outgoing);
    };
    reply().catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
};

/** A page at `/records?id=…` with what `show` makes of the events that were applied under that id. */
export const recordsPage =
  ({ applied }: Receiver, show: (records: Receiver['applied'], id: string) => unknown): Page =>
  ({ pathname, searchParams }) => {
    if (pathname !== '/records') return undefined;
    const wanted = searchParams.get('id') ?? '';
    return Response.json(
      show(
        applied.filter(({ id }) => id === wanted),
        wanted,
      ),
    );
  };
