import { createHmac } from 'node:crypto';

/** What a receiver may want around a genuine token. */
export type Wrapping = 'json' | 'form' | 'bearer' | 'header';

/** One genuine token, sent otherwise than Truora sends it. */
export interface OtherBody {
  readonly wrapping: Wrapping;
  readonly body: string;
  readonly send: {
    readonly contentType?: string;
    readonly headers?: readonly (readonly [name: string, value: string])[];
  };
}

/** The names under which receivers look for a token. */
const MEMBERS = ['token', 'jwt', 'data', 'payload', 'body'] as const;

const SIGNATURE_HEADERS = [
  'X-Truora-Signature',
  'Truora-Signature',
  'X-Signature',
  'X-Webhook-Signature',
  'X-Hub-Signature-256',
] as const;

const members = (token: string) => Object.fromEntries(MEMBERS.map((name) => [name, token]));

/** Requests that a receiver with a usual mistake takes in place of a bare token, which it refuses. */
export const wrappings: readonly ((token: string, key: string) => OtherBody)[] = [
  (token) => ({
    wrapping: 'json',
    body: JSON.stringify(members(token)),
    send: { contentType: 'application/json' },
  }),
  (token) => ({
    wrapping: 'form',
    body: new URLSearchParams(members(token)).toString(),
    send: { contentType: 'application/x-www-form-urlencoded' },
  }),
  (token) => ({
    wrapping: 'bearer',
    body: token,
    send: { headers: [['Authorization', `Bearer ${token}`]] },
  }),
  (token, key) => {
    const signature = createHmac('sha256', key).update(token).digest('hex');
    const headers = SIGNATURE_HEADERS.map((name) => [name, signature] as const);
    return {
      wrapping: 'header',
      body: token,
      send: { headers: [...headers, ['User-Agent', 'Truora']] },
    };
  },
];
