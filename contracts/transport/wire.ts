/** Heads of requests that no HTTP client would write. */
import type { CaseContext } from '../runner/case.js';

type Headers = Parameters<CaseContext['head']>[0];

export const typeOf = ({ facts }: CaseContext) => ['Content-Type', facts.contentType] as const;

export const lengthOf = (body: string) =>
  ['Content-Length', String(Buffer.byteLength(body))] as const;

const CLOSE = ['Connection', 'close'] as const;

/** The head of an ordinary delivery of this body, on a connection of its own. */
export const plainHead = (context: CaseContext, body: string, more: Headers = []): string =>
  context.head([typeOf(context), lengthOf(body), ...more, CLOSE]);

export const withTarget = (head: string, target: string): string =>
  head.replace(/^(\S+) \S+/, `$1 ${target}`);

/** Without a host the head has no Host at all. */
export const withHost = (head: string, host?: string): string =>
  head.replace(/^Host: .*\r\n/m, host === undefined ? '' : `Host: ${host}\r\n`);

export const asHttp10 = (head: string): string => head.replace(' HTTP/1.1\r\n', ' HTTP/1.0\r\n');

/** A body as one chunk of the chunked transfer coding (RFC 9112 §7.1), under any size. */
export const oneChunk = (body: string, size = Buffer.byteLength(body).toString(16)): string =>
  `${size}\r\n${body}\r\n0\r\n\r\n`;
