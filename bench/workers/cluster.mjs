// The command line as users run it: one server that leaves deliveries to workers.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { cli } from '../measure.mjs';

const TOKEN = 'a-token-of-the-bench';
const KEY = 'ab'.repeat(32);

const start = (args, env) => {
  const child = spawn(process.execPath, [cli, ...args], {
    env: { ...process.env, HOOKPROOF_KEY: KEY, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (text) => (complaint = `${complaint}${text}`.slice(-2000)));
  const ended = once(child, 'exit').then(() => {
    throw new Error(`${args[0]} ended: ${complaint}`);
  });
  ended.catch(() => undefined);
  return {
    firstLine: async (stream) =>
      Promise.race([once(createInterface(child[stream]), 'line').then(([line]) => line), ended]),
    end: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGTERM');
      await exit;
    },
  };
};

export const startReceiver = async (latencyMs, kind = 'steady') => {
  const child = fork(fileURLToPath(new URL('receiver.mjs', import.meta.url)), [
    String(latencyMs),
    kind,
  ]);
  const [{ port }] = await once(child, 'message');
  const ask = async (what) => {
    const answer = once(child, 'message');
    child.send(what);
    return (await answer)[0][what];
  };
  return {
    url: `http://127.0.0.1:${port}/`,
    /** When each delivery so far was answered, in milliseconds of its own clock. */
    times: async () => ask('times'),
    /** Resolves when so many were answered since it was started. */
    reached: async (count) => {
      // The number only: who is measured shares the processors with who measures.
      while ((await ask('count')) < count) await new Promise((done) => setTimeout(done, 100));
    },
    end: () => child.kill(),
  };
};

export const startServe = async (args, env) => {
  const process = start(['serve', '--port', '0', '--control-token', TOKEN, ...args], env);
  const { url } = JSON.parse(await process.firstLine('stdout'));
  const read = async (path, init = {}) => {
    const response = await fetch(`${url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${TOKEN}`,
        'truora-api-key': 'any',
        'content-type': 'application/json',
      },
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const ask = async (path, body) =>
    read(`/_hookproof${path}`, body && { method: 'POST', body: JSON.stringify(body) });
  return { url, read, ask, end: process.end };
};

export const startWorker = async (concurrency, env) => {
  const { firstLine, end } = start(['worker', '--concurrency', String(concurrency)], env);
  await firstLine('stderr');
  return { end };
};
