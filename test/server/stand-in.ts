/** Opens stand-ins for tests: against a real receiver on loopback, on either kind of store. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { policies } from '../../simulator/core/policy.js';
import { createHttpTransport } from '../../simulator/sender/http.js';
import { createTargetGuard } from '../../simulator/sender/targets.js';
import { openStandIn } from '../../simulator/server/open.js';
import type { StandInOptions } from '../../simulator/server/options.js';
import type { StandIn } from '../../simulator/server/stand-in.js';

const silent = (): void => undefined;

const transport = createHttpTransport({
  guard: createTargetGuard({ allowedHosts: [], resolve: {} }),
  insecure: false,
});

/** Options that a test changes where it cares. */
export const standInOptions = (changes: Partial<StandInOptions>): StandInOptions => ({
  database: { kind: 'embedded', folder: undefined },
  policy: policies.documented,
  clock: 'test',
  transport,
  mailer: undefined,
  publicUrl: () => 'http://127.0.0.1:4000',
  secret: undefined,
  concurrency: 16,
  jitter: 0,
  seed: 1,
  log: { debug: silent, info: silent, warn: silent, error: silent },
  ...changes,
});

/** A stand-in that is closed when the test is over. */
export const openFor = async (changes: Partial<StandInOptions>): Promise<StandIn> => {
  const standIn = await openStandIn(standInOptions(changes));
  onTestFinished(async () => standIn.close());
  return standIn;
};

export interface Receiver {
  readonly url: string;
  /** The tokens that came, in their order. */
  readonly bodies: string[];
  /** What it answers from now on; `hang` never does. */
  readonly answer: (status: number | 'hang') => void;
}

/** A receiver on loopback that works before it answers, and is gone when the test is over. */
export const listenFor = async (
  work: () => Promise<void> = async () => undefined,
): Promise<Receiver> => {
  const bodies: string[] = [];
  let status: number | 'hang' = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'));
      if (status === 'hang') return;
      const answered = status;
      void work().then(() => response.writeHead(answered).end('seen'));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    bodies,
    answer: (next) => {
      status = next;
    },
  };
};
