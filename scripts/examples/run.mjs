/** Runs commands in a folder, with what is installed there. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';
import { performance } from 'node:perf_hooks';

const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...inherited } = process.env;

export const env = { ...inherited, NO_COLOR: '1', CI: '1' };

const TIMEOUT_MS = 600_000;

/** How a command ended, all it said, and how long it took. */
export const run = async (folder, [command, ...args], more = {}) => {
  const startedAt = performance.now();
  const path = [join(folder, 'node_modules/.bin'), env.PATH].join(delimiter);
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...env, PATH: path, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (output += text));
  }
  const [code, signal] = await once(child, 'close');
  return {
    end: signal ?? code,
    output,
    seconds: `${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  };
};

/** Takes the jobs in their order, some at a time. */
export const inTurns = async (jobs, atOnce) => {
  const left = [...jobs];
  const work = async () => {
    for (let job = left.shift(); job !== undefined; job = left.shift()) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};
