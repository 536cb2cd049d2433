/** One connection that is kept busy: opened, filled, read, timed out, opened again. */
import type { Socket } from 'node:net';
import { HookproofError } from '../core/errors.js';
import { classifyError } from '../sender/failures.js';
import type { HttpOptions } from '../sender/http.js';
import { openSocket } from '../sender/socket.js';
import { createAnswers } from './answers.js';
import type { Arrivals } from './arrivals.js';
import type { Books } from './books.js';
import type { Departing, Departures } from './departures.js';
import { type InFlight, createInFlight } from './in-flight.js';
import { type LoadFailure, toLoadFailure } from './outcomes.js';
import type { Keeping } from './keeping.js';
import type { Requests } from './requests.js';
import type { ResponseParser } from './response-parser.js';

/** What a connection needs of the run that it is part of. */
export interface ConnectionHost {
  readonly url: URL;
  readonly http: HttpOptions;
  readonly requests: Requests;
  readonly arrivals: Arrivals;
  readonly books: Books;
  readonly keeping: Keeping;
  readonly departures: Departures;
  readonly pipelining: number;
  readonly timeoutMs: number;
  readonly nowMs: () => number;
  readonly iatSeconds: (nowMs: number) => number;
  readonly nextNumber: () => number;
  /** Something left. */
  readonly filled: () => void;
  /** It stands, or is idle, closed or without a way: the run decides what comes next. */
  readonly opened: () => void;
  readonly rested: () => void;
  readonly unreachable: (failure: LoadFailure) => void;
  /** The target is not to be sent to: the run cannot go on. */
  readonly refused: (error: HookproofError) => void;
}

export interface Connection {
  readonly state: () => 'closed' | 'opening' | 'open';
  readonly open: () => void;
  /** Sends what is due, as far as there is room. */
  readonly fill: (nowMs: number) => void;
  readonly hasRoom: () => boolean;
  readonly inFlight: () => number;
  /** Gives up what was waited for too long. */
  readonly expire: (nowMs: number) => void;
  /** Ends it; what is in flight has this failure. */
  readonly cut: (failure: LoadFailure) => void;
}

const READ_BYTES = 16_384;

export const createConnection = (host: ConnectionHost): Connection => {
  const { arrivals, books, keeping, requests, pipelining, nowMs } = host;
  const waiting: InFlight = createInFlight(pipelining);
  const out = Buffer.allocUnsafeSlow(pipelining * requests.bytesMax);
  const read = Buffer.allocUnsafeSlow(READ_BYTES);
  let view = out;
  /** What has come and was not yet read. */
  let came: Uint8Array = read;
  let unread = 0;
  let state: 'closed' | 'opening' | 'open' = 'closed';
  let socket: Socket | undefined;
  let parser: ResponseParser | undefined;
  let readMs = 0;
  /** The other side takes no more on this connection, or sent what nobody asked for. */
  let isSpent = false;
  let isDeparting = false;
  /** On this connection. */
  let sent = 0;
  let answers = 0;
  /** How many of those in flight have yet to be written, and where their bytes end. */
  let prepared = 0;
  let end = 0;

  /** Ends all that is in flight: the oldest by its own failure, the others by what that means. */
  const settle = (failure: LoadFailure): void => {
    const endedMs = nowMs();
    let one = failure;
    while (waiting.length() > 0) {
      waiting.shift();
      books.failed(waiting.number(), waiting.dueMs(), endedMs, one, 'unknown');
      one = failure === 'reset' ? 'reset' : 'abandoned';
    }
  };

  /** Closed after an answer, and before the next began: what is in flight is to go elsewhere. */
  const goElsewhere = (): void => {
    if (answers === 0 || waiting.length() === 0 || parser?.isBetween() !== true) return;
    keeping.closedAfter(answers);
    while (waiting.length() > 0) {
      waiting.shift();
      arrivals.giveBack(waiting.dueMs());
      books.resent();
    }
  };

  const close = (failure: LoadFailure): void => {
    digest();
    if (state === 'closed') return;
    state = 'closed';
    const old = socket;
    socket = undefined;
    parser = undefined;
    settle(failure);
    old?.destroy();
    host.rested();
  };

  const answered = (status: number, keeps: boolean): void => {
    if (isSpent) return;
    if (waiting.length() === 0) {
      isSpent = true;
      return;
    }
    waiting.shift();
    books.answered(waiting.number(), waiting.dueMs(), readMs, status);
    answers += 1;
    isSpent = !keeps || (answers >= keeping.most() && waiting.length() === 0);
  };

  const departing: Departing = {
    digest: () => {
      digest();
    },
    prepare: (atMs) => {
      isDeparting = false;
      if (state !== 'open' || socket === undefined || waiting.length() === pipelining) return;
      if (socket.writableLength > 0) {
        // An early answer: the buffer is still being written.
        depart();
        return;
      }
      if (sent >= keeping.most() && waiting.length() === 0) {
        close('abandoned');
        return;
      }
      while (waiting.length() < pipelining && sent < keeping.most()) {
        const dueMs = arrivals.take(atMs);
        if (Number.isNaN(dueMs)) break;
        const number = host.nextNumber();
        end = requests.write(number, host.iatSeconds(atMs), out, end);
        waiting.push(number, dueMs);
        prepared += 1;
        sent += 1;
      }
      if (prepared === 0) host.rested();
    },
    send: () => {
      if (prepared === 0 || socket === undefined) return;
      waiting.left(prepared, nowMs());
      prepared = 0;
      if (view.length !== end) view = out.subarray(0, end);
      end = 0;
      socket.write(view);
      host.filled();
    },
  };
  const depart = (): void => {
    if (isDeparting) return;
    isDeparting = true;
    host.departures.add(departing);
  };

  /** Reads answers; what does not keep the connection ends it. */
  const digest = (): void => {
    const length = unread;
    unread = 0;
    if (length === 0 || parser === undefined) return;
    const isSound = parser.push(came, length);
    if (!isSound || (waiting.length() === 0 && isSpent)) close('protocol');
    else if (isSpent) close('abandoned');
  };

  const receive = (length: number, bytes: Uint8Array): boolean => {
    if (parser === undefined) return true;
    readMs = nowMs();
    came = bytes;
    unread = length;
    // A full buffer is read into again before this turn is over.
    if (bytes !== read || length === READ_BYTES) digest();
    if (state === 'open') depart();
    return true;
  };

  const take = (opened: Socket): void => {
    socket = opened;
    state = 'open';
    isSpent = false;
    sent = 0;
    answers = 0;
    parser = createAnswers({ answered });
    let failure: LoadFailure = 'reset';
    opened.on('error', (error) => {
      failure = toLoadFailure(classifyError(error).failure);
    });
    opened.once('end', () => {
      if (opened !== socket) return;
      digest();
      readMs = nowMs();
      goElsewhere();
      parser?.end();
      // Nothing can come any more, and what would be written now might be lost.
      close('reset');
    });
    opened.once('close', () => {
      if (opened === socket) close(failure);
    });
    if (host.url.protocol === 'https:') {
      opened.on('data', (chunk: Buffer) => {
        if (opened === socket) receive(chunk.length, chunk);
      });
    }
    host.opened();
  };

  return {
    state: () => state,
    open: () => {
      if (state !== 'closed') return;
      state = 'opening';
      const onread = { buffer: read, callback: receive };
      openSocket(host.url, host.http, undefined, onread).then(
        (opened) => {
          if (state === 'opening') take(opened);
          else opened.destroy();
        },
        (error: unknown) => {
          if (state !== 'opening') return;
          state = 'closed';
          if (error instanceof HookproofError) host.refused(error);
          else host.unreachable(toLoadFailure(classifyError(error).failure));
        },
      );
    },
    fill: (atMs) => {
      departing.prepare(atMs);
      departing.send();
    },
    hasRoom: () =>
      state === 'open' &&
      waiting.length() < pipelining &&
      (sent < keeping.most() || waiting.length() === 0),
    inFlight: waiting.length,
    expire: (atMs) => {
      if (waiting.length() > 0 && atMs - waiting.oldestLeftMs() > host.timeoutMs) close('timeout');
    },
    cut: close,
  };
};
