/** Both ways to write, over sockets whose other side reads late, or not at all. */
import { once } from 'node:events';
import { type Socket, connect, createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createWriter } from '../../simulator/load/writer.js';

/** More than the kernel takes at once. */
const MUCH = Buffer.alloc(32 << 20, 'hookproof');

const ways = [
  ['past the stream', true],
  ['through the stream', false],
] as const;

/** Both ends of a connection; nothing is read at the far one until asked. */
const connected = async (): Promise<{ readonly near: Socket; readonly far: Socket }> => {
  const server = createServer({ pauseOnConnect: true }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const accepted = once(server, 'connection');
  const near = connect(address.port, '127.0.0.1');
  await once(near, 'connect');
  const [far] = (await accepted) as [Socket];
  far.on('error', () => undefined);
  onTestFinished(() => {
    near.destroy();
    far.destroy();
    server.close();
  });
  return { near, far };
};

test.each(ways)(
  '%s: small buffers arrive in order, and each is done at once',
  async (_name, isPlain) => {
    const { near, far } = await connected();
    const writer = createWriter(near, isPlain);
    const buffer = Buffer.alloc(4);
    for (const text of ['one.', 'two.', 'end.']) {
      buffer.write(text);
      writer.write(buffer);
      expect(writer.isDone()).toBe(true);
    }
    let came = '';
    far.on('data', (chunk: Buffer) => {
      came += chunk.toString();
    });
    far.resume();
    while (came.length < 12) await once(far, 'data');
    expect(came).toBe('one.two.end.');
  },
);

test.each(ways)('%s: a large buffer is done when the other side has it', async (_name, isPlain) => {
  const { near, far } = await connected();
  const writer = createWriter(near, isPlain);
  writer.write(MUCH);
  expect(writer.isDone()).toBe(false);
  const chunks: Buffer[] = [];
  far.on('data', (chunk: Buffer) => chunks.push(chunk));
  far.resume();
  let bytes = 0;
  while (bytes < MUCH.length) {
    const [chunk] = (await once(far, 'data')) as [Buffer];
    bytes += chunk.length;
  }
  expect(Buffer.concat(chunks).equals(MUCH)).toBe(true);
  await expect.poll(() => writer.isDone()).toBe(true);
});

test.each(ways)('%s: a connection that breaks ends in its error', async (_name, isPlain) => {
  const { near, far } = await connected();
  const writer = createWriter(near, isPlain);
  const closed = new Promise((resolve) => near.once('close', resolve));
  const errors: unknown[] = [];
  near.on('error', (error: NodeJS.ErrnoException) => errors.push(error.code));
  writer.write(MUCH);
  far.resetAndDestroy();
  await closed;
  expect(errors).toHaveLength(1);
  expect(['ECONNRESET', 'EPIPE']).toContain(errors[0]);
});

test.each(ways)('%s: a socket that was destroyed is written to in vain', async (_name, isPlain) => {
  const { near } = await connected();
  const writer = createWriter(near, isPlain);
  near.on('error', () => undefined);
  near.destroy();
  await once(near, 'close');
  expect(() => {
    writer.write(Buffer.from('late'));
  }).not.toThrow();
});
