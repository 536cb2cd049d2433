/** Receivers that are right but for one thing. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { receive } from '../sender/servers.js';

export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

export const hookPath = '/webhooks/truora';

/** What can be wrong with a receiver. */
export interface Quirks {
  readonly path?: string;
  readonly method?: string;
  /** Milliseconds before an acknowledgement. */
  readonly ackMs?: number;
  readonly limitBytes?: number;
  /** Milliseconds by which its clock is ahead; negative: behind. */
  readonly clockAheadMs?: number;
  /** Refuses tokens from the future. */
  readonly checksIat?: boolean;
  readonly verifies?: boolean;
  readonly key?: string | Uint8Array;
  /** Answers before anything else; true: it has answered. */
  readonly first?: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
}

const isSigned = (token: string, secret: string | Uint8Array): boolean => {
  const [header = '', payload = '', mac = ''] = token.split('.');
  const wanted = createHmac('sha256', secret).update(`${header}.${payload}`).digest();
  const given = Buffer.from(mac, 'base64url');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
};

const claimsOf = (token: string): { readonly iat?: number } | undefined => {
  try {
    const text = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    return JSON.parse(text) as { readonly iat?: number };
  } catch {
    return undefined;
  }
};

/** Verifies and answers as a receiver should, but for its quirks. */
export const receiverWith = (quirks: Quirks = {}): RequestListener => {
  const { path = hookPath, method = 'POST', ackMs = 0, limitBytes = 4 << 20 } = quirks;
  const { clockAheadMs = 0, checksIat = false, verifies = true, key: secret = key } = quirks;
  const statusFor = (token: string): number => {
    const claims = claimsOf(token);
    if (claims === undefined || (verifies && !isSigned(token, secret))) return 401;
    const nowSeconds = (Date.now() + clockAheadMs) / 1000;
    return checksIat && (claims.iat ?? 0) > nowSeconds + 5 ? 401 : 200;
  };
  return (request, response) => {
    if (clockAheadMs !== 0) {
      response.setHeader('Date', new Date(Date.now() + clockAheadMs).toUTCString());
    }
    if (quirks.first?.(request, response) === true) return;
    void receive(request).then(({ body }) => {
      if (request.url !== path) return response.writeHead(404).end('no such page');
      if (request.method !== method) return response.writeHead(405, { allow: method }).end();
      if (body.length > limitBytes) return response.writeHead(413).end();
      return setTimeout(() => response.writeHead(statusFor(body.toString())).end(), ackMs);
    });
  };
};
