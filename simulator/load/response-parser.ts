/**
 * Reads HTTP/1.x answers (RFC 9112) byte by byte: status, framing, and whether the connection is
 * kept. Bodies are passed over. What cannot be understood ends in a fault; nothing is guessed.
 */

export interface ResponseWatch {
  /** An answer is whole. `keeps` tells whether the connection may carry more. */
  readonly answered: (status: number, keeps: boolean) => void;
}

export interface ResponseParser {
  /** Takes `length` bytes; false once the stream makes no sense, and from then on. */
  readonly push: (bytes: Uint8Array, length: number) => boolean;
  /** Whether nothing of an answer has come that is not whole. */
  readonly isBetween: () => boolean;
  /** The other side has ended the connection: some bodies end by that. */
  readonly end: () => void;
}

const LINE_BYTES_MAX = 16_384;
const HEAD_BYTES_MAX = 65_536;
const DIGITS_MAX = 15;
const NEWLINE = 10;
const RETURN = 13;
const SPACE = 32;
const TAB = 9;
const COLON = 58;

/** What the next bytes are. */
const STATUS = 0;
const HEADERS = 1;
const FIXED = 2;
const CHUNK_SIZE = 3;
const CHUNK = 4;
const CHUNK_END = 5;
const TRAILERS = 6;
const TO_THE_END = 7;
const BROKEN = 8;

const isDigit = (byte: number | undefined): byte is number =>
  byte !== undefined && byte >= 48 && byte <= 57;

/** Whether a line begins with a header's name (in lower case) and a colon. */
const isNamed = (line: Uint8Array, from: number, to: number, name: Uint8Array): boolean => {
  if (to - from <= name.length || line[from + name.length] !== COLON) return false;
  for (let index = 0; index < name.length; index++) {
    if (((line[from + index] as number) | 32) !== name[index]) return false;
  }
  return true;
};

const LENGTH = Buffer.from('content-length');
const ENCODING = Buffer.from('transfer-encoding');
const CONNECTION = Buffer.from('connection');

export const createResponseParser = ({ answered }: ResponseWatch): ResponseParser => {
  const carried = new Uint8Array(LINE_BYTES_MAX);
  let carriedBytes = 0;
  let state = STATUS;
  let status = 0;
  let keeps = true;
  let bodyBytes = -1;
  let isChunked = false;
  let headBytes = 0;

  const begin = (): void => {
    state = STATUS;
    bodyBytes = -1;
    isChunked = false;
    headBytes = 0;
  };
  const finish = (): void => {
    const done = status;
    const kept = keeps;
    begin();
    answered(done, kept);
  };
  const broken = (): boolean => {
    state = BROKEN;
    return false;
  };

  const readStatus = (line: Uint8Array, from: number, to: number): boolean => {
    // HTTP/1.1 200 …
    const [a, b, c] = [line[from + 9], line[from + 10], line[from + 11]];
    const minor = line[from + 7];
    const isHttp =
      line[from] === 72 &&
      line[from + 1] === 84 &&
      line[from + 2] === 84 &&
      line[from + 3] === 80 &&
      line[from + 4] === 47 &&
      line[from + 5] === 49 &&
      line[from + 6] === 46 &&
      isDigit(minor) &&
      line[from + 8] === SPACE;
    if (!isHttp || to - from < 12 || !isDigit(a) || !isDigit(b) || !isDigit(c)) return false;
    if (to - from > 12 && line[from + 12] !== SPACE) return false;
    status = (a - 48) * 100 + (b - 48) * 10 + (c - 48);
    keeps = minor !== 48;
    state = HEADERS;
    // A switch to another protocol was not asked for.
    return status >= 100 && status !== 101;
  };

  const readLength = (line: Uint8Array, from: number, to: number): boolean => {
    let [first, last] = [from, to];
    while (first < last && (line[first] === SPACE || line[first] === TAB)) first += 1;
    while (last > first && (line[last - 1] === SPACE || line[last - 1] === TAB)) last -= 1;
    if (first === last || last - first > DIGITS_MAX) return false;
    let value = 0;
    for (let index = first; index < last; index++) {
      const digit = line[index];
      if (!isDigit(digit)) return false;
      value = value * 10 + digit - 48;
    }
    // The same twice is harmless; two that differ are an attack or a fault (RFC 9112 §6.3).
    if (bodyBytes !== -1 && bodyBytes !== value) return false;
    bodyBytes = value;
    return true;
  };

  const readHeader = (line: Uint8Array, from: number, to: number): boolean => {
    switch ((line[from] as number) | 32) {
      case 99: {
        if (isNamed(line, from, to, LENGTH)) return readLength(line, from + LENGTH.length + 1, to);
        if (!isNamed(line, from, to, CONNECTION)) break;
        const value = valueOf(line, from + CONNECTION.length + 1, to);
        if (/(?:^|,)\s*close\s*(?:,|$)/.test(value)) keeps = false;
        else if (/(?:^|,)\s*keep-alive\s*(?:,|$)/.test(value)) keeps = true;
        return true;
      }
      case 116: {
        if (!isNamed(line, from, to, ENCODING)) break;
        isChunked = /(?:^|,)\s*chunked\s*$/.test(valueOf(line, from + ENCODING.length + 1, to));
        return isChunked;
      }
      default:
    }
    for (let index = from; index < to; index++) if (line[index] === COLON) return index > from;
    return false;
  };

  const readBody = (): void => {
    if (status < 200) {
      begin();
      return;
    }
    if (status === 204 || status === 304) finish();
    else if (isChunked) state = CHUNK_SIZE;
    else if (bodyBytes === 0) finish();
    else if (bodyBytes > 0) state = FIXED;
    else {
      keeps = false;
      state = TO_THE_END;
    }
  };

  const readChunkSize = (line: Uint8Array, from: number, to: number): boolean => {
    let size = 0;
    let index = from;
    for (; index < to; index++) {
      const byte = line[index] as number;
      const letter = byte | 32;
      const digit = isDigit(byte) ? byte - 48 : letter >= 97 && letter <= 102 ? letter - 87 : -1;
      if (digit === -1) break;
      size = size * 16 + digit;
    }
    const stop = line[index];
    const isOver = index === to || stop === 59 || stop === SPACE || stop === TAB;
    if (index === from || index - from > 12 || !isOver) return false;
    bodyBytes = size;
    state = size === 0 ? TRAILERS : CHUNK;
    return true;
  };

  const readLine = (line: Uint8Array, from: number, end: number): boolean => {
    const to = end > from && line[end - 1] === RETURN ? end - 1 : end;
    switch (state) {
      case STATUS:
        return readStatus(line, from, to);
      case HEADERS:
        if (to > from) return readHeader(line, from, to);
        readBody();
        return true;
      case CHUNK_SIZE:
        return readChunkSize(line, from, to);
      case CHUNK_END:
        state = CHUNK_SIZE;
        return to === from;
      default:
        if (to === from) finish();
        return true;
    }
  };

  const push = (bytes: Uint8Array, length: number): boolean => {
    let at = 0;
    while (at < length) {
      if (state === BROKEN) return false;
      if (state === TO_THE_END) return true;
      if (state === FIXED || state === CHUNK) {
        const taken = Math.min(bodyBytes, length - at);
        at += taken;
        bodyBytes -= taken;
        if (bodyBytes === 0) {
          if (state === FIXED) finish();
          else state = CHUNK_END;
        }
        continue;
      }
      let newline = at;
      while (newline < length && bytes[newline] !== NEWLINE) newline += 1;
      const part = newline - at;
      headBytes += part;
      if (carriedBytes + part > LINE_BYTES_MAX || headBytes > HEAD_BYTES_MAX) return broken();
      if (state === CHUNK_SIZE || state === CHUNK_END) headBytes = 0;
      if (carriedBytes > 0 || newline === length) {
        carried.set(bytes.subarray(at, newline), carriedBytes);
        carriedBytes += part;
      }
      if (newline === length) return true;
      const isRead =
        carriedBytes > 0 ? readLine(carried, 0, carriedBytes) : readLine(bytes, at, newline);
      carriedBytes = 0;
      if (!isRead) return broken();
      at = newline + 1;
    }
    return state !== BROKEN;
  };

  return {
    push,
    isBetween: () => state === STATUS && headBytes === 0,
    end: () => {
      if (state === TO_THE_END) finish();
    },
  };
};

const valueOf = (line: Uint8Array, from: number, to: number): string =>
  Buffer.from(line.buffer, line.byteOffset + from, to - from)
    .toString('latin1')
    .toLowerCase();
