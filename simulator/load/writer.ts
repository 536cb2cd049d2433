/** Writes to one connection of a run, one buffer at a time. */
import type { Socket } from 'node:net';

export interface Writer {
  /** Writes a buffer, which must stay as it is until `isDone`; only then the next. */
  readonly write: (bytes: Buffer) => void;
  readonly isDone: () => boolean;
}

const throughStream = (socket: Socket): Writer => ({
  write: (bytes) => {
    socket.write(bytes);
  },
  isDone: () => socket.writableLength === 0,
});

/**
 * Past the queue of the stream, which is never needed, and its two callbacks for every write: what that
 * saves, and why it may be done, is in `docs/decisions/0012-past-the-queue-of-the-stream.md`.
 */
const pastStream = (socket: Socket): Writer => {
  let isDone = true;
  const done = (error?: Error | null): void => {
    isDone = true;
    if (error instanceof Error) socket.destroy(error);
  };
  return {
    write: (bytes) => {
      isDone = false;
      // Streams say `buffer` of what is no text; the types know the encodings of texts only.
      socket._write(bytes, 'buffer' as BufferEncoding, done);
    },
    isDone: () => isDone,
  };
};

/** @param isPlain whether it is TCP without TLS */
export const createWriter = (socket: Socket, isPlain: boolean): Writer =>
  isPlain && typeof socket._write === 'function' ? pastStream(socket) : throughStream(socket);
