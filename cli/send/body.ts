/** `--body`: a payload to be signed, a token as it came, or captured deliveries to be signed again. */
import { createReadStream } from 'node:fs';
import { HookproofError, pairs } from '../../simulator/index.js';
import type { DeliveryClaims } from '../../simulator/index.js';
import { readCaptureLines } from '../captures.js';
import { say } from '../../language/say.js';

/** What one delivery carries. */
export interface Body {
  readonly claims: DeliveryClaims;
  /** Whether `iat` is meant as it stands; else each attempt is issued when it leaves. */
  readonly isIssued: boolean;
  /** Sent as it is, unsigned by us. */
  readonly token: string | undefined;
}

const BYTES_MAX = 16 * 1024 * 1024;

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/**
 * Reads a file, or standard input for `-`.
 *
 * @throws {HookproofError} `invalid_argument` for what cannot be read, is too large or is none of it
 */
export const readBodies = async (source: string): Promise<readonly Body[]> => {
  const name = source === '-' ? say`standard input` : source;
  const text = (await readText(source, name)).trim();
  if (text === '') throw wrong(say`${name} is empty`, say`give a payload in JSON, or a token`);
  if (/^[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return [bodyOfToken(text, name)];
  const document = parse(text);
  if (isPayload(document)) return [bodyOfPayload(document)];
  if (isEvent(document)) return [bodyOfPayload({ events: [document] })];
  const captured = await readCaptureLines(text, name);
  if (captured !== undefined) {
    const bodies = captured.flatMap(({ payload }) => (isPayload(payload) ? [payload] : []));
    if (bodies.length > 0) {
      return bodies.map((claims) => ({ ...bodyOfPayload(claims), isIssued: false }));
    }
    throw wrong(say`${name} holds no delivery with events`, say`capture some first`);
  }
  throw document === undefined
    ? wrong(
        say`${name} is neither JSON nor a token`,
        say`give {"events":[…]}, a token, or a capture file`,
      )
    : wrong(say`${name} has no list of events`, say`a payload is {"events":[…]}`);
};

const readText = async (source: string, name: string): Promise<string> => {
  const stream = source === '-' ? process.stdin : createReadStream(source);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > BYTES_MAX) break;
      chunks.push(chunk);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    throw wrong(
      say`cannot read ${name} (${code})`,
      say`give --body the path of a file, or - to pipe one`,
    );
  }
  if (bytes > BYTES_MAX) throw wrong(say`${name} is larger than 16 MiB`, say`send less at a time`);
  return Buffer.concat(chunks).toString();
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

type Partly = Partial<DeliveryClaims> & Pick<DeliveryClaims, 'events'>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPayload = (value: unknown): value is Partly =>
  isObject(value) && Array.isArray(value['events']);

const isEvent = (value: unknown): value is Partly['events'][number] =>
  isObject(value) && 'event_type' in value && 'object' in value;

/** A payload keeps all that it says; what it does not say is as Truora would say it. */
const bodyOfPayload = (payload: Partly): Body => ({
  claims: {
    ...payload,
    iat: payload.iat ?? Math.floor(Date.now() / 1000),
    iss: payload.iss ?? 'Truora',
  },
  isIssued: payload.iat !== undefined,
  token: undefined,
});

const bodyOfToken = (token: string, name: string): Body => {
  const payload = parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  if (isPayload(payload)) return { ...bodyOfPayload(payload), isIssued: true, token };
  throw wrong(say`the token in ${name} has no events`, say`give the body of a delivery as it came`);
};

/** `checks.finished`-like words for what a delivery carries, from the events themselves. */
export const nameOfClaims = (claims: DeliveryClaims | undefined): string => {
  const events: readonly unknown[] = claims?.events ?? [];
  const [first, ...others] = events.map(nameOfEvent);
  if (first === undefined) return say`no events`;
  if (others.length === 0) return first;
  return others.every((one) => one === first)
    ? `${events.length} × ${first}`
    : say`${first} and ${others.length} more`;
};

const nameOfEvent = (event: unknown): string => {
  if (!isObject(event)) return say`no event`;
  const { event_type: type, event_action: action } = event;
  const pair = pairs.find((one) => one.eventType === type && one.action === action);
  return pair?.name ?? `${String(type)}.${String(action)}`;
};
