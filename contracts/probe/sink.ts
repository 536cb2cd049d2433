import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { TruoraEvent } from '../../simulator/index.js';
import { HookproofError } from '../../simulator/index.js';
import type { Probe } from './probe.js';

/** A listener that the receiver's outbound effects go to instead of the real world. */
export interface Sink {
  readonly port: number;
  /** The next `times` effects that mention one of the keys are answered 503. */
  readonly failNext: (keys: readonly string[], times: number) => void;
  /** Counts the effects that were answered 200. */
  readonly probe: Probe;
  readonly close: () => Promise<void>;
}

const BODY_LIMIT_BYTES = 8 << 20;

const textOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length <= BODY_LIMIT_BYTES) chunks.push(chunk);
  }
  return `${request.url ?? ''}\n${Buffer.concat(chunks).toString('utf8')}`;
};

/** Opens a sink on the loopback address; port 0 takes a free one. */
export const openSink = async (port: number): Promise<Sink> => {
  const taken: string[] = [];
  const failing: { readonly keys: readonly string[]; left: number }[] = [];
  const fails = (text: string): boolean => {
    const due = failing.find(
      ({ keys, left }) => left > 0 && keys.some((key) => text.includes(key)),
    );
    if (due === undefined) return false;
    due.left--;
    return true;
  };
  const server = createServer((request, response) => {
    textOf(request).then(
      (text) => {
        const failed = fails(text);
        if (!failed) taken.push(text);
        response.writeHead(failed ? 503 : 200, { 'Content-Type': 'text/plain' });
        response.end(failed ? 'made to fail' : 'taken');
      },
      () => response.destroy(),
    );
  });
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new HookproofError(
      'invalid_argument',
      `cannot listen on port ${port} (${error instanceof Error ? error.message : String(error)})`,
      'give --sink-listen a free port',
    );
  }
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    failNext: (keys, times) => {
      failing.push({ keys, left: times });
    },
    probe: {
      name: '--sink-listen',
      ask: async ({ keys }) => {
        const effects = taken.filter((text) => keys.some((key) => text.includes(key))).length;
        return { effects, text: String(effects) };
      },
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

/** The sink as cases use it: by event. */
export const sinkControl = (sink: Sink, keysOf: (event: TruoraEvent) => readonly string[]) => ({
  failNext: (event: TruoraEvent, times: number): void => {
    sink.failNext(keysOf(event), times);
  },
});
