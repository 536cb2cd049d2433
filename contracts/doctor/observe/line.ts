import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A socket of our own, of which every byte that comes is kept. */
export interface Line {
  readonly write: (bytes: string | Uint8Array) => void;
  /** What came so far, as latin1. */
  readonly heard: () => string;
  /** Waits until what came fits, the other side hangs up, or the time is over. */
  readonly until: (
    fits: (heard: string) => boolean,
    patienceMs: number,
  ) => Promise<'met' | 'closed' | 'late'>;
  readonly close: () => void;
}

/** No receiver's answer to a diagnosis is longer; the rest is not kept. */
const KEPT_CHARACTERS = 256 * 1024;

export const holdLine = (socket: Socket): Line => {
  let heard = '';
  let closed = false;
  let changed = (): void => undefined;
  socket.on('data', (chunk: Buffer) => {
    if (heard.length < KEPT_CHARACTERS) heard += chunk.toString('latin1');
    changed();
  });
  const end = (): void => {
    closed = true;
    changed();
  };
  socket.once('end', end);
  socket.once('close', end);
  socket.on('error', end);
  return {
    write: (bytes) => {
      if (!socket.destroyed) socket.write(bytes);
    },
    heard: () => heard,
    until: async (fits, patienceMs) => {
      const over = new AbortController();
      const late = sleep(patienceMs, 'late', { signal: over.signal }).catch(() => 'late');
      const met = new Promise<'met' | 'closed'>((resolve) => {
        changed = () => {
          if (fits(heard)) resolve('met');
          else if (closed) resolve('closed');
        };
        changed();
      });
      try {
        return (await Promise.race([met, late])) as 'met' | 'closed' | 'late';
      } finally {
        over.abort();
      }
    },
    close: () => socket.destroy(),
  };
};
