import { request as parseResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { deferred } from '../core/deferred.js';
import { BODY_KEPT_BYTES } from './transport.js';
import type { Exchange } from './transport.js';

/**
 * Lets Node's own client parse what comes back on a socket that we write ourselves: it is given a
 * stream that drops what the client writes and passes on what the socket reads.
 */
export const readAnswer = (
  socket: Socket,
  method: string,
): {
  /** The first that comes: the word to go on (RFC 9110 §15.2.1), or the answer's head. */
  readonly heard: Promise<'continue' | 'answer'>;
  readonly answer: Promise<Omit<Exchange, 'latencyMs'>>;
} => {
  const { promise, resolve, reject } = deferred<Omit<Exchange, 'latencyMs'>>();
  const heard = deferred<'continue' | 'answer'>();
  const readOnly = new Duplex({
    read: () => undefined,
    write: (_chunk, _encoding, done) => done(),
  });
  socket.on('data', (chunk) => readOnly.push(chunk));
  socket.once('end', () => readOnly.push(null));
  socket.once('error', (error) => readOnly.destroy(error));
  const client = parseResponse({ method, createConnection: () => readOnly });
  client.once('error', (error) => {
    heard.resolve('answer');
    reject(error);
  });
  client.once('continue', () => heard.resolve('continue'));
  client.once('response', (response) => {
    heard.resolve('answer');
    const chunks: Uint8Array[] = [];
    let length = 0;
    response.on('data', (chunk: Uint8Array) => {
      if (length < BODY_KEPT_BYTES) chunks.push(chunk);
      length += chunk.length;
    });
    response.once('error', reject);
    response.once('end', () =>
      resolve({
        outcome: { kind: 'response', status: response.statusCode ?? 0, redirects: 0 },
        headers: Object.fromEntries(
          Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
        ),
        body: Buffer.concat(chunks).subarray(0, BODY_KEPT_BYTES),
      }),
    );
  });
  client.end();
  return { heard: heard.promise, answer: promise };
};
