/** A running `hookproof serve`, and a receiver that can be told how to answer. */
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { onTestFinished } from 'vitest';
import { start } from './run.js';

export const KEY = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
export const TOKEN = 'control-token-of-the-tests';

/** Nothing of the machine that the tests run on. */
const NOTHING = {
  DATABASE_URL: undefined,
  SMTP_URL: undefined,
  HOOKPROOF_SECRET: undefined,
  HOOKPROOF_API_KEY: undefined,
  HOOKPROOF_CONTROL_TOKEN: undefined,
};

export interface Serving {
  readonly url: string;
  /** Asks the control API; rejects where it does not answer with 2xx. */
  readonly control: <Answer>(path: string, order?: object, method?: string) => Promise<Answer>;
  /** Sends a signal and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => ReturnType<typeof start>['finished'];
  readonly output: ReturnType<typeof start>['output'];
  readonly child: ReturnType<typeof start>['child'];
}

/** Starts a command of the built binary, and resolves with the first line that it prints. */
export const startReady = async (args: readonly string[], env: NodeJS.ProcessEnv) => {
  const { child, finished, output } = start(args, { ...NOTHING, ...env });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await finished;
  });
  const line = await Promise.race([
    new Promise<string>((resolve) => {
      child.stdout.on('data', () => output.stdout.includes('\n') && resolve(output.stdout));
    }),
    finished.then(({ code, stderr }) => {
      throw new Error(`${args[0]} ended with ${code}: ${stderr}`);
    }),
  ]);
  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return finished;
  };
  return { child, output, line, stop };
};

/** Starts `serve` on a free port, and resolves when it says that it is ready. */
export const startServe = async (
  args: readonly string[],
  { env = {}, token = TOKEN }: { env?: NodeJS.ProcessEnv; token?: string } = {},
): Promise<Serving> => {
  const { child, output, line, stop } = await startReady(['serve', '--port', '0', ...args], {
    ...(token === '' ? {} : { HOOKPROOF_CONTROL_TOKEN: token }),
    ...env,
  });
  const { url } = JSON.parse(line) as { readonly url: string };
  return {
    url,
    child,
    output,
    control: async <Answer>(path: string, order?: object, method = order ? 'POST' : 'GET') => {
      const answer = await fetch(`${url}/_hookproof${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(order !== undefined && { body: JSON.stringify(order) }),
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
      return (text === '' ? undefined : JSON.parse(text)) as Answer;
    },
    stop,
  };
};

export const freePort = async (): Promise<number> => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
};

export interface Taken {
  readonly eventId: string;
  /** Whether the token is signed with `KEY`. */
  readonly genuine: boolean;
}

const readToken = (body: string): Taken => {
  const [head = '', payload = '', signature] = body.split('.');
  const right = createHmac('sha256', KEY).update(`${head}.${payload}`).digest('base64url');
  const { events } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as {
    readonly events: readonly { readonly id: string }[];
  };
  return { eventId: events[0]?.id ?? '', genuine: signature === right };
};

/** Answers with 200, or as `answer` says, and keeps what it was sent. */
export const startRecorder = async () => {
  const taken: Taken[] = [];
  let status = 200;
  let release: Promise<unknown> = Promise.resolve();
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.once('end', () => {
      taken.push(readToken(Buffer.concat(chunks).toString('utf8')));
      for (const tell of waiting.splice(0)) tell();
      void release.then(() => response.writeHead(status).end());
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/webhooks/truora`,
    taken,
    answer: (next: number): void => void (status = next),
    /** Answers nothing until the promise is settled. */
    holdUntil: (settled: Promise<unknown>): void => void (release = settled),
    /** Resolves when so many deliveries have come. */
    count: async (wanted: number): Promise<void> => {
      while (taken.length < wanted) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
};
