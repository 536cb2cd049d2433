// The receiver in C: compiled, started, asked what it has had.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const PATH = '/hook';

export const here = (file) => fileURLToPath(new URL(file, import.meta.url));

export const has = (command) => spawnSync('which', [command]).status === 0;
/** Sender and receiver on cores of their own, where there are two and a way to say so. */
const pins = has('taskset') && availableParallelism() > 1;
export const pinned = (core, command, args) =>
  pins ? ['taskset', ['-c', String(core), command, ...args]] : [command, args];

/** Compiled and started; `bodies` names a file that gets what it was sent. */
export const startReceiver = async (folder, bodies) => {
  const binary = join(folder, 'receiver');
  const options = ['-O3', '-o', binary, here('receiver.c')];
  execFileSync('gcc', options, { stdio: ['ignore', 'ignore', 'inherit'] });
  const child = spawn(...pinned(1, binary, bodies === undefined ? [] : [bodies]), {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await new Promise((resolve) => {
    child.stdout.once('data', (data) => resolve([String(data)]));
  });
  const origin = `http://127.0.0.1:${Number(line)}`;
  return {
    url: `${origin}${PATH}`,
    /** How many it has had since it was last asked. */
    count: async () => Number(await (await fetch(`${origin}/count`)).text()),
    end: () => child.kill(),
  };
};
