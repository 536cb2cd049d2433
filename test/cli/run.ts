import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));

/** What a run of the command line left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built binary, as a user's shell does, without a terminal. */
export const start = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
  const child = spawn(process.execPath, [binary, ...args], {
    env: {
      ...process.env,
      HOOKPROOF_KEY: undefined,
      FORCE_COLOR: undefined,
      NO_COLOR: undefined,
      COLUMNS: undefined,
      HOOKPROOF_LANG: 'en',
      HOOKPROOF_PLAIN: undefined,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const finished = new Promise<Finished>((resolve) => {
    child.once('close', (code) => resolve({ code, ...output }));
  });
  return { child, finished, output };
};

export const hookproof = async (
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Finished> => start(args, env).finished;

/** An empty folder that is gone when the test has finished. */
export const createFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hookproof-test-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
};
