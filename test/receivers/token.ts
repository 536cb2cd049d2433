/** Genuine tokens for the receivers' own tests, signed without any of the project's code. */
import { createHmac, randomBytes } from 'node:crypto';

/** A signing key of the usual form. */
export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const encode = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** One event as Truora sends it; `changes` replaces fields. */
export const createEvent = (changes: Readonly<Record<string, unknown>> = {}) => {
  const check = `CHK${randomBytes(16).toString('hex')}`;
  return {
    id: `HKE${randomBytes(20).toString('hex')}`,
    event_type: 'check',
    event_action: 'created',
    version: '1.0',
    timestamp: '2026-01-02T03:04:05Z',
    object: { check_id: check, country: 'CO', type: 'person', status: 'not_started', score: -1 },
    ...changes,
  };
};

/** What can be different about a token. */
export interface TokenOptions {
  readonly key?: string;
  readonly header?: unknown;
  readonly claims?: Readonly<Record<string, unknown>>;
}

/** The claims of a delivery. */
export const claimsOf = (events: readonly unknown[]) => ({
  events,
  iat: Math.floor(Date.now() / 1000) - 2,
  iss: 'Truora',
});

/** A compact HS256 token. */
export const sign = (events: readonly unknown[], options: TokenOptions = {}): string => {
  const header = encode(options.header ?? { alg: 'HS256', typ: 'JWT' });
  const payload = encode({ ...claimsOf(events), ...options.claims });
  const mac = createHmac('sha256', options.key ?? key).update(`${header}.${payload}`);
  return `${header}.${payload}.${mac.digest('base64url')}`;
};

/** A token that needs no key. */
export const unsigned = (events: readonly unknown[], header: unknown = { alg: 'none' }): string =>
  `${encode(header)}.${encode(claimsOf(events))}.`;
