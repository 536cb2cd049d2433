/** Genuine and forged tokens for the receivers' own tests, made without the project's code. */
import { createHmac, randomBytes } from 'node:crypto';

/** A signing key of the usual form. */
export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

/** Base64url of a text, of bytes, or of a value's JSON. */
export const encode = (value: unknown): string => {
  const bytes = Buffer.isBuffer(value)
    ? value
    : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
  return bytes.toString('base64url');
};

/** The present in seconds. */
export const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** An event as Truora sends it. */
export interface SentEvent {
  readonly id: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly version: string;
  readonly timestamp: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** An event of a fresh resource; `changes` replaces fields. */
export const createEvent = (changes: Partial<SentEvent> = {}): SentEvent => ({
  id: `HKE${randomBytes(20).toString('hex')}`,
  event_type: 'check',
  event_action: 'created',
  version: '1.0',
  timestamp: '2026-01-02T03:04:05Z',
  object: { check_id: `CHK${randomBytes(16).toString('hex')}`, country: 'CO', score: -1 },
  ...changes,
});

/** The claims of a delivery; `changes` replaces or adds some. */
export const claimsOf = (
  events: readonly unknown[],
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  events,
  iat: nowSeconds() - 2,
  iss: 'Truora',
  ...changes,
});

/** The header of a genuine token. */
const genuineHeader = { alg: 'HS256', typ: 'JWT' } as const;

/** What can be different about a token. */
export interface TokenOptions {
  readonly key?: string | Buffer;
  readonly digest?: string;
  readonly header?: unknown;
  readonly claims?: Readonly<Record<string, unknown>>;
}

const macOf = (input: string, options: TokenOptions): Buffer =>
  createHmac(options.digest ?? 'sha256', options.key ?? key)
    .update(input)
    .digest();

/** A token with any payload. */
export const assemble = (payload: unknown, options: TokenOptions = {}): string => {
  const input = `${encode(options.header ?? genuineHeader)}.${encode(payload)}`;
  return `${input}.${encode(macOf(input, options))}`;
};

/** A token of events: genuine unless the options say otherwise. */
export const sign = (events: readonly unknown[], options: TokenOptions = {}): string =>
  assemble(claimsOf(events, options.claims), options);

/** A token with nothing after its last dot. */
export const unsigned = (events: readonly unknown[], header: unknown = { alg: 'none' }): string =>
  `${encode(header)}.${encode(claimsOf(events))}.`;

/** The same token with other bytes for its signature. */
export const withMac = (token: string, change: (mac: Buffer) => Buffer): string => {
  const start = token.lastIndexOf('.') + 1;
  return token.slice(0, start) + encode(change(Buffer.from(token.slice(start), 'base64url')));
};

/** The same token with one bit of its signature flipped. */
export const flipped = (token: string, bit = 5): string =>
  withMac(token, (mac) => {
    mac[bit >> 3]! ^= 0x80 >> (bit & 7);
    return mac;
  });
