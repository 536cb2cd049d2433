import { createHmac } from 'node:crypto';

/** What a receiver may demand in place of a genuine token. */
export type Demand =
  | { readonly kind: 'other-key'; readonly reading: 'hex' | 'base64' | 'line-feed' }
  | { readonly kind: 'exp' }
  | { readonly kind: 'short-dates' }
  | { readonly kind: 'issuer'; readonly issuer: string };

const HOUR_SECONDS = 3600;

/** The end of a date in an event's object. */
const NANOSECONDS = /\.(\d{9})Z"/g;

const signed = (input: string, key: string | Uint8Array): string =>
  `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;

/**
 * Tokens that a receiver with a usual mistake takes in place of a genuine one, which it refuses. Each
 * proves the mistake when it is taken.
 */
export const otherTokens = (
  genuine: string,
  key: string,
): readonly (readonly [demand: Demand, token: string])[] => {
  const [header = '', payload = ''] = genuine.split('.');
  const input = `${header}.${payload}`;
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    readonly iat: number;
  };
  const claiming = (more: Readonly<Record<string, unknown>>): string => {
    const changed = Buffer.from(JSON.stringify({ ...claims, ...more })).toString('base64url');
    return signed(`${header}.${changed}`, key);
  };
  const cutting = (decimals: number): string => {
    const cut = Buffer.from(payload, 'base64url')
      .toString()
      .replaceAll(NANOSECONDS, (_date, digits: string) =>
        decimals === 0 ? 'Z"' : `.${digits.slice(0, decimals)}Z"`,
      );
    return signed(`${header}.${Buffer.from(cut).toString('base64url')}`, key);
  };
  const readings: readonly (readonly [Demand, string | Uint8Array])[] = [
    [{ kind: 'other-key', reading: 'hex' }, Buffer.from(key, 'hex')],
    [{ kind: 'other-key', reading: 'base64' }, Buffer.from(key, 'base64')],
    [{ kind: 'other-key', reading: 'line-feed' }, `${key}\n`],
  ];
  return [
    ...readings.flatMap(([demand, read]) =>
      read.length === 0 ? [] : [[demand, signed(input, read)] as const],
    ),
    ...[6, 0].map((decimals) => [{ kind: 'short-dates' }, cutting(decimals)] as const),
    [{ kind: 'exp' }, claiming({ exp: claims.iat + HOUR_SECONDS })],
    ...['truora', 'TRUORA'].map(
      (issuer) => [{ kind: 'issuer', issuer }, claiming({ iss: issuer })] as const,
    ),
  ];
};
