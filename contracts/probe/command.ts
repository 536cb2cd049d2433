import { spawn } from 'node:child_process';
import { HookproofError } from '../../simulator/index.js';
import type { Counter } from './count.js';
import { fillPlaceholders } from './probe.js';
import type { Probe } from './probe.js';
import { say } from '../../language/say.js';

const COMMAND_TIMEOUT_MS = 30_000;

const SAFE = /^(?!-)[\w.:-]*$/;

/** Only what means nothing to any shell, and is no option, may be put into a command. */
const asWord = (value: string): string => {
  if (SAFE.test(value)) return value;
  throw new HookproofError(
    'probe_failed',
    say`a value for --probe-cmd could be read as more than a word`,
    say`use --probe with a URL for this case`,
  );
};

/** Runs a command of the user's and counts in what it prints: one number, or text. */
export const createCommandProbe = (
  template: string,
  options: { readonly counter: Counter; readonly timeoutMs?: number },
): Probe => ({
  name: '--probe-cmd',
  takes: (query) => {
    let isSafe = true;
    fillPlaceholders(template, query, (value) => {
      isSafe &&= SAFE.test(value);
      return value;
    });
    return isSafe;
  },
  ask: async (query) => {
    const command = fillPlaceholders(template, query, asWord);
    const text = await run(command, options.timeoutMs ?? COMMAND_TIMEOUT_MS);
    return { effects: options.counter(text, query.keys), text };
  },
});

const run = async (command: string, timeoutMs: number): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const output: string[] = [];
    const complaint: string[] = [];
    child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => complaint.push(text));
    const timer = setTimeout(() => {
      reject(broken(say`no end within ${timeoutMs} ms`));
      child.kill();
      // What the shell started may hold these open for longer.
      child.stdout.destroy();
      child.stderr.destroy();
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(broken(error.message));
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(output.join(''));
      else {
        reject(broken(say`exit code ${code}: ${complaint.join('').trim().split('\n')[0] ?? ''}`));
      }
    });
  });

const broken = (what: string): HookproofError =>
  new HookproofError(
    'probe_failed',
    say`--probe-cmd failed (${what})`,
    say`run the command by hand first`,
  );
