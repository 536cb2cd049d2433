import { type JWTPayload, jwtVerify } from 'jose';

export interface TruoraEvent {
  readonly id: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** The events of a genuine token; undefined for everything else. */
export const verifiedEvents = async (
  token: string,
): Promise<readonly TruoraEvent[] | undefined> => {
  try {
    const { events } = await claimsOf(token);
    return Array.isArray(events) && events.every(isEvent) ? events : undefined;
  } catch {
    return undefined;
  }
};

/** The defect is a mistake, to see the contract fail: a second path for tests that is left open. */
const claimsOf = async (token: string): Promise<JWTPayload> => {
  if (process.env['DEFECT'] === 'unsigned-body-taken' && token.startsWith('{')) {
    return JSON.parse(token);
  }
  const { payload } = await jwtVerify(token, secret(), { algorithms: ['HS256'] });
  return payload;
};

/** The hook's signing key, as Truora shows it. */
const secret = (): Uint8Array => {
  const key = process.env['TRUORA_SIGNING_KEY'];
  if (!key) throw new Error('set TRUORA_SIGNING_KEY to the signing key of the hook');
  return new TextEncoder().encode(key);
};

const isEvent = (value: unknown): value is TruoraEvent =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  value.id !== '';
