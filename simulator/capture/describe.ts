/** Turns a request into the line that is kept of it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { CapturedDelivery } from './captured.js';
import { type Pseudonym, redactHeader, redactPayload } from './redact.js';

/** What came, before anything is left out. */
export interface Arrival {
  readonly at: string;
  readonly family: CapturedDelivery['family'];
  readonly httpVersion: string;
  readonly method: string;
  readonly url: string;
  /** Names and values in turn, as Node gives them. */
  readonly rawHeaders: readonly string[];
  readonly bytes: number;
  /** `too-large` and `cut`: the body is not whole. */
  readonly body: Uint8Array | 'too-large' | 'cut';
  readonly answered: number | null;
}

export interface Keep {
  /** Keeps payloads as they are. */
  readonly full: boolean;
  /** Checks signatures, where it is known. */
  readonly key: string | undefined;
}

/** Headers that let somebody in, or prove who sent what. */
const SECRET = /auth|cookie|key|password|secret|session|signature|token/i;
const HIDDEN = '…';

const decoder = new TextDecoder('utf-8', { fatal: true });

const parse = (bytes: Uint8Array): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) as unknown };
  } catch {
    return undefined;
  }
};

/** The same for the same id, and not to be undone: ids are drawn from 128 bits and more. */
const pseudonymOf: Pseudonym = (id, length) =>
  createHash('sha256').update(id).digest('hex').slice(0, length);

const fits = (input: string, signature: string, key: string): boolean => {
  const wanted = createHmac('sha256', key).update(input, 'latin1').digest();
  const given = Buffer.from(signature, 'base64url');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

type Content = Pick<CapturedDelivery, 'body' | 'header' | 'payload' | 'redacted' | 'signature'>;

const nothing = (body: CapturedDelivery['body']): Content => ({
  body,
  header: null,
  payload: null,
  redacted: false,
  signature: null,
});

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const contentOf = (body: Arrival['body'], { full, key }: Keep): Content => {
  if (typeof body === 'string') return nothing(body);
  const text = Buffer.from(body).toString('latin1').trim();
  if (text === '') return nothing('empty');
  const kept = (payload: unknown): unknown =>
    full ? payload : redactPayload(payload, pseudonymOf);
  const [head = '', middle = '', signature = '', ...more] = text.split('.');
  const header = parse(Buffer.from(head, 'base64url'))?.value;
  const payload = parse(Buffer.from(middle, 'base64url'));
  if (more.length === 0 && /^[\w-]+\.[\w-]+\.[\w-]*$/.test(text) && isObject(header) && payload) {
    return {
      body: 'token',
      header: redactHeader(header, pseudonymOf),
      payload: kept(payload.value),
      redacted: !full,
      signature:
        key === undefined ? 'not-checked' : judge(header, `${head}.${middle}`, { signature, key }),
    };
  }
  const json = parse(body);
  // Who sends plain JSON may carry a token inside it; it is redacted even where payloads are not.
  return json === undefined
    ? nothing('other')
    : { ...nothing('json'), payload: redactPayload(json.value, pseudonymOf), redacted: true };
};

const judge = (
  header: Readonly<Record<string, unknown>>,
  input: string,
  { signature, key }: { readonly signature: string; readonly key: string },
): Content['signature'] =>
  header['alg'] === 'HS256' && fits(input, signature, key) ? 'fits' : 'does-not-fit';

/** A path with the names of its query, and none of the values. */
const pathOf = (url: string): string => url.replaceAll(/=[^&#]*/g, `=${HIDDEN}`);

const headersOf = (raw: readonly string[]): CapturedDelivery['headers'] =>
  raw.flatMap((name, index) => {
    if (index % 2 === 1) return [];
    const value = raw[index + 1] ?? '';
    return [[name, SECRET.test(name) || /eyJ[\w-]+\./.test(value) ? HIDDEN : value] as const];
  });

export const describeArrival = (arrival: Arrival, keep: Keep): CapturedDelivery => {
  const { at, family, httpVersion, method, url, rawHeaders, bytes, body, answered } = arrival;
  return {
    hookproof: 'capture',
    schemaVersion: 1,
    at,
    family,
    httpVersion,
    method,
    path: pathOf(url),
    headers: headersOf(rawHeaders),
    bytes,
    ...contentOf(body, keep),
    answered,
  };
};
