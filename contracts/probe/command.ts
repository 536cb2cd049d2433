import { spawn } from 'node:child_process';
import { HookproofError } from '../../simulator/index.js';
import { countEffects } from './count.js';
import { fillPlaceholders } from './probe.js';
import type { Probe } from './probe.js';

const SAFE = /^[\w.:-]*$/;

/** Only characters that mean nothing to any shell may be put into a command. */
const asWord = (value: string): string => {
  if (SAFE.test(value)) return value;
  throw new HookproofError(
    'probe_failed',
    'a value for --probe-cmd holds characters that a shell would read',
    'use --probe with a URL for this case',
  );
};

/** Runs a command of the user's and counts in what it prints: one number, or text. */
export const createCommandProbe = (
  template: string,
  options: { readonly countPath: string | undefined },
): Probe => ({
  name: '--probe-cmd',
  ask: async (query) => {
    const text = await run(fillPlaceholders(template, query, asWord));
    return { effects: countEffects(text, query.keys, options.countPath), text };
  },
});

const run = async (command: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    const complaint: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => complaint.push(text));
    child.once('error', (error) => reject(broken(error.message)));
    child.once('close', (code) => {
      if (code === 0) resolve(output.join(''));
      else reject(broken(`exit code ${code}: ${complaint.join('').trim().split('\n')[0] ?? ''}`));
    });
  });

const broken = (what: string): HookproofError =>
  new HookproofError(
    'probe_failed',
    `--probe-cmd failed (${what})`,
    'run the command by hand first',
  );
