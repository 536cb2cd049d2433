import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { onTestFinished } from 'vitest';

/** An e-mail as it came over the wire. */
export interface Received {
  readonly to: readonly string[];
  readonly raw: string;
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** A real SMTP server on a free port, which keeps what it takes; gone when the test has finished. */
export const startSmtp = async (options: SMTPServerOptions = {}) => {
  const received: Received[] = [];
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
    ...options,
  });
  smtp.on('error', () => undefined);
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => new Promise<void>((resolve) => smtp.close(resolve)));
  return { host: `127.0.0.1:${portOf(smtp.server)}`, received };
};

/** Takes connections and never says a word. */
export const startSilent = async (): Promise<string> => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${portOf(server)}`;
};

/** A port where nothing listens any more. */
export const deadPort = async (): Promise<string> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${portOf(server)}`;
  await new Promise((resolve) => server.close(resolve));
  return host;
};
