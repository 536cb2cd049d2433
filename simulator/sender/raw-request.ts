import type { DeliveryRequest } from './transport.js';

/**
 * A URL's path and query exactly as written: `//hook`, `%68ook` and `/./hook` stay what they are.
 * Only what cannot stand in a request line is percent-encoded.
 */
export const pathAsWritten = (url: string): string => {
  const rest = /^[a-z]+:\/\/[^/?#]*([^#]*)/i.exec(url.trim())?.[1] ?? '';
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return path.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(Buffer.from(text).toString()));
};

/** The head of an HTTP/1.1 request (RFC 9112 §3), up to and including the empty line. */
export const requestHead = (
  request: Pick<DeliveryRequest, 'url' | 'method' | 'headers'>,
): string => {
  const lines = [
    `${request.method} ${pathAsWritten(request.url)} HTTP/1.1`,
    `Host: ${new URL(request.url).host}`,
    ...request.headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
};

/** A whole request with `Content-Length`, ready to be written. */
export const requestBytes = (
  request: DeliveryRequest,
  connection: 'close' | 'keep-alive',
): Buffer =>
  Buffer.concat([
    Buffer.from(
      requestHead({
        ...request,
        headers: [
          ...request.headers,
          ['Content-Length', String(request.body.length)],
          ['Connection', connection],
        ],
      }),
    ),
    request.body,
  ]);
