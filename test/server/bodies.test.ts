/** Bodies over a real socket, where requests are the server's own light ones. */
import { expect, onTestFinished, test } from 'vitest';
import { serveApi } from '../../simulator/server/api/listen.js';
import { CONTROL, shareLab } from './api-lab.js';

const opened = shareLab();

const serve = async (): Promise<string> => {
  const served = await serveApi({ app: opened().api, port: 0, host: '127.0.0.1' });
  onTestFinished(async () => served.close());
  return `${served.url}/_hookproof`;
};

/** Sent in chunks: no length is told beforehand. */
const inChunks = (text: string): RequestInit & { readonly duplex: 'half' } => ({
  method: 'POST',
  headers: { ...CONTROL, 'Content-Type': 'application/json' },
  body: new Blob([text]).stream(),
  duplex: 'half',
});

test('a DELETE needs no body', async () => {
  const url = await serve();
  const { status } = await fetch(`${url}/hooks/HOK0`, { method: 'DELETE', headers: CONTROL });
  expect(status).toBe(404);
});

test('a body in chunks is read', async () => {
  const url = await serve();
  const answer = await fetch(`${url}/emit`, inChunks('{"event":"checks.finished"}'));
  expect([answer.status, await answer.json()]).toMatchObject([
    200,
    { events: [{ name: 'checks.finished' }] },
  ]);
});

test('a body in chunks ends where it is too large', async () => {
  const url = await serve();
  const order = { event: 'checks.finished', set: { 'object.status': 'x'.repeat(1 << 20) } };
  const { status } = await fetch(`${url}/emit`, inChunks(JSON.stringify(order)));
  expect(status).toBe(413);
});
