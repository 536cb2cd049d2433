import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { start } from '../../cli/run.js';

const TOKEN = 'a-control-token-of-the-tests';
export const KEY = 'ab'.repeat(32);

/** A process of hookproof that runs until it is killed. */
export interface Process {
  readonly kill: (signal: NodeJS.Signals) => Promise<void>;
  readonly output: { readonly stdout: string; readonly stderr: string };
}

const spawn = (args: readonly string[], env: NodeJS.ProcessEnv) => {
  const { child, output, finished } = start(args, { HOOKPROOF_KEY: KEY, ...env });
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await finished;
  };
  onTestFinished(async () => kill('SIGKILL'));
  return { child, output, kill, finished };
};

/** Starts `hookproof serve` and waits until it takes requests. */
export const startServe = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Process & { readonly control: Control }> => {
  const { child, ...rest } = spawn(
    ['serve', '--port', '0', '--control-token', TOKEN, ...args],
    env,
  );
  const [line] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    rest.finished.then(({ stderr }) => Promise.reject(new Error(`serve ended: ${stderr}`))),
  ])) as [string];
  const { url } = JSON.parse(line) as { readonly url: string };
  return { ...rest, control: createControl(url) };
};

/** Starts `hookproof worker` and waits until it says that it delivers. */
export const startWorker = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Process> => {
  const { child, ...rest } = spawn(['worker', ...args], env);
  await Promise.race([
    once(createInterface(child.stderr), 'line'),
    rest.finished.then(({ stderr }) => Promise.reject(new Error(`worker ended: ${stderr}`))),
  ]);
  return rest;
};

/** The control API of a stand-in. */
export interface Control {
  readonly url: string;
  readonly get: <Answer>(path: string) => Promise<Answer>;
  readonly post: <Answer>(path: string, body: unknown) => Promise<Answer>;
}

const createControl = (url: string): Control => {
  const ask = async <Answer>(path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(`${url}/_hookproof${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body}`);
    return (body === '' ? undefined : JSON.parse(body)) as Answer;
  };
  return {
    url,
    get: async (path) => ask(path, {}),
    post: async (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
  };
};
