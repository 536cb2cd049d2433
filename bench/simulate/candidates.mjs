// The candidates, each in a process of its own, behind one call: what is to be played goes in, and
// attempts, milliseconds and the digest come out.
import { execFile, fork, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { written } from './workload.mjs';

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/** A Node process that plays whenever it is asked. */
export const createPlayer = (name) => {
  const child = fork(here('player.mjs'), [name]);
  const play = async (parts, hasLatency) =>
    new Promise((resolve, reject) => {
      const onExit = (code) => reject(new Error(`${name} ended with ${code}`));
      child.once('exit', onExit);
      child.once('message', (answer) => {
        child.off('exit', onExit);
        resolve(answer);
      });
      child.send({ parts, hasLatency });
    });
  return { play, end: () => child.kill() };
};

/** A program that plays once, and prints what came of it. */
const program = (file, args, end = () => undefined) => ({
  play: async (parts, hasLatency) => {
    const { stdout } = await run(file, [
      ...args.before,
      written(parts),
      hasLatency ? '1' : '0',
      ...args.after,
    ]);
    return JSON.parse(stdout);
  },
  end,
});

const compiledC = () => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-bench-'));
  const binary = join(folder, 'reference');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const { status } = spawnSync('gcc', ['-O3', '-o', binary, here('reference.c'), '-lm'], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (status === 0) return program(binary, { before: [], after: [] }, remove);
  remove();
  return undefined;
};

const withSimPy = (form) => {
  // A virtual environment's own Python, or the system's, which has what Debian installed.
  for (const python of ['python3', '/usr/bin/python3']) {
    const { status } = spawnSync(python, ['-c', 'import simpy'], { stdio: 'ignore' });
    if (status === 0) return program(python, { before: [here('reference.py')], after: [form] });
  }
  return undefined;
};

/**
 * Those that this machine can run, and why the others are missing.
 *
 * The goals are about users' programs, who write one clock or one environment with all hooks on it;
 * C, which does as the engine does, plays hook by hook, and so does what is told for comparison.
 */
export const createCandidates = () => {
  const found = {
    ours: createPlayer('ours'),
    C: compiledC(),
    callbacks: createPlayer('callbacks'),
    'async loop': createPlayer('async loop'),
    SimPy: withSimPy('together'),
    'callbacks, hook by hook': createPlayer('callbacks, hook by hook'),
    'async loop, hook by hook': createPlayer('async loop, hook by hook'),
    'SimPy, hook by hook': withSimPy('hook by hook'),
  };
  const missing = {
    C: 'no gcc (apt-get install gcc)',
    SimPy: 'no SimPy (apt-get install python3-simpy3, or pip install simpy)',
  };
  return {
    found: Object.fromEntries(Object.entries(found).filter(([, one]) => one !== undefined)),
    missing: Object.fromEntries(
      Object.entries(missing).filter(([name]) => found[name] === undefined),
    ),
    end: () => {
      for (const one of Object.values(found)) one?.end();
    },
  };
};
