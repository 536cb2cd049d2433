import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a receiver answers to the nth delivery of an event, from 1. */
export type Answer = (eventId: string, nth: number) => number;

/** A receiver that keeps how often it was sent each event. */
export interface CountingReceiver {
  readonly url: string;
  /** Deliveries begun, by the event's id. */
  readonly seen: ReadonlyMap<string, number>;
  readonly total: () => number;
  /** Resolves when so many deliveries have arrived in all. */
  readonly reached: (total: number) => Promise<void>;
  /** Takes no connection any more, until it is opened again at the same port. */
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
}

const eventsIn = (token: string): readonly { readonly id: string }[] => {
  const [, payload = ''] = token.split('.');
  const { events } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    readonly events: readonly { readonly id: string }[];
  };
  return events;
};

export const openCountingReceiver = async (answer: Answer): Promise<CountingReceiver> => {
  const seen = new Map<string, number>();
  let total = 0;
  let waiting: { readonly total: number; readonly resolve: () => void }[] = [];
  const count = (eventId: string): number => {
    const nth = (seen.get(eventId) ?? 0) + 1;
    seen.set(eventId, nth);
    total += 1;
    for (const { total: wanted, resolve } of waiting) if (total >= wanted) resolve();
    waiting = waiting.filter(({ total: wanted }) => total < wanted);
    return nth;
  };
  const listen = async (port: number): Promise<Server> => {
    const server = createServer((request, response) => {
      void text(request)
        .then((token) => {
          const statuses = eventsIn(token).map(({ id }) => answer(id, count(id)));
          response.writeHead(Math.max(...statuses)).end();
        })
        // The sender was killed in the middle of its request.
        .catch(() => response.destroy());
    });
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return server;
  };
  let server = await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    seen,
    total: () => total,
    reached: async (wanted) =>
      total >= wanted
        ? undefined
        : new Promise((resolve) => {
            waiting.push({ total: wanted, resolve });
          }),
    shut: async () => {
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
    },
    open: async () => {
      server = await listen(port);
    },
  };
};

/** A number from 0 to 99 that depends on the event alone. */
export const percentile = (eventId: string): number => Number.parseInt(eventId.slice(-6), 16) % 100;
