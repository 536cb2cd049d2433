import type { Socket } from 'node:net';
import type { HttpOptions } from './http.js';
import { openSocket } from './socket.js';

/** What a slow client sends on each of its connections. */
export interface Drip {
  readonly url: string;
  readonly connections: number;
  /** Sent at once. */
  readonly start: Uint8Array;
  /** Sent again and again, a byte or so at a time. */
  readonly drop: Uint8Array;
  readonly everyMs: number;
}

/** Holds connections open that are never done sending; those that are not let in are left out. */
export const drip = async (
  { url, connections, start, drop, everyMs }: Drip,
  options: HttpOptions,
): Promise<{ readonly cut: () => void }> => {
  const opened = await Promise.allSettled(
    Array.from({ length: connections }, async () => openSocket(new URL(url), options)),
  );
  const sockets: readonly Socket[] = opened.flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  );
  for (const socket of sockets) {
    socket.on('error', () => undefined);
    socket.resume();
    socket.write(start);
  }
  const timer = setInterval(() => {
    for (const socket of sockets) if (socket.writable) socket.write(drop);
  }, everyMs);
  return {
    cut: () => {
      clearInterval(timer);
      for (const socket of sockets) socket.destroy();
    },
  };
};
