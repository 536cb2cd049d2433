/** Real servers on free ports, closed when their test ends. */
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, ListenOptions, Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { createTargetGuard } from '../../simulator/sender/targets.js';
import type { DeliveryRequest, Exchange } from '../../simulator/sender/transport.js';

/** A listening server. */
export interface Listening {
  readonly port: number;
  /** `http://127.0.0.1:port`. */
  readonly origin: string;
  /** How many connections it took so far. */
  readonly connections: () => number;
}

const listen = async (
  server: Server | ReturnType<typeof createTcpServer>,
  options: ListenOptions,
): Promise<Listening> => {
  const sockets = new Set<Socket>();
  let connections = 0;
  server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen({ port: 0, host: '127.0.0.1', ...options });
  await once(server, 'listening');
  onTestFinished(async () => {
    server.close();
    for (const socket of sockets) socket.destroy();
    await once(server, 'close');
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `http://127.0.0.1:${port}`, connections: () => connections };
};

/** A server that does with its connections what the test says. */
export const tcpServer = async (
  onConnection: (socket: Socket) => void,
  options: ListenOptions = {},
): Promise<Listening> => listen(createTcpServer(onConnection), options);

/** An HTTP server that does with requests what the test says. */
export const httpServer = async (
  onRequest: RequestListener,
  options: ListenOptions = {},
): Promise<Listening> => listen(createHttpServer(onRequest), options);

/** As {@link httpServer}, for a server that was made with options of its own. */
export const serving = async (server: Server, options: ListenOptions = {}): Promise<Listening> =>
  listen(server, options);

/** What a server read of one request. */
export interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

export const receive = async (request: IncomingMessage): Promise<Received> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const { method, url, rawHeaders } = request;
  return { method, url, rawHeaders, body: Buffer.concat(chunks) };
};

/** An HTTP server that keeps what it read and answers 200 `ok`. */
export const recorder = async (
  options: ListenOptions = {},
): Promise<Listening & { readonly received: readonly Received[] }> => {
  const received: Received[] = [];
  const server = await httpServer((request, response) => {
    receive(request).then(
      (one) => {
        received.push(one);
        response.end('ok');
      },
      () => response.destroy(),
    );
  }, options);
  return { ...server, received };
};

/** A server that keeps every byte of a connection and answers its first ones with `answer`. */
export const tape = async (
  answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
): Promise<Listening & { readonly text: () => string }> => {
  const chunks: Buffer[] = [];
  const server = await tcpServer((socket) => {
    socket.once('data', () => socket.write(answer));
    socket.on('data', (chunk) => chunks.push(chunk));
  });
  return { ...server, text: () => Buffer.concat(chunks).toString('latin1') };
};

/** Nothing listens there any more. */
export const closedPort = async (): Promise<number> => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

/** A delivery to `url`; `changes` replaces parts of it. */
export const deliveryTo = (
  url: string,
  changes: Partial<DeliveryRequest> = {},
): DeliveryRequest => ({
  url,
  method: 'POST',
  headers: [['Content-Type', 'application/jwt']],
  body: Buffer.from('a.b.c'),
  timeoutMs: 2000,
  redirectsMax: 0,
  ...changes,
});

/** Lets deliveries go to loopback and private addresses. */
export const localGuard = createTargetGuard({ allowedHosts: [], resolve: {} });

/** `200`, or the kind of failure. */
export const resultOf = ({ outcome }: Exchange): number | string =>
  outcome.kind === 'response' ? outcome.status : outcome.failure;
