import { CommanderError } from 'commander';
import { say } from '../language/say.js';
import { exitCodeOfError, exitCodes } from './exit-codes.js';
import { applyGlobals, readGlobals } from './globals.js';
import { Interrupted } from './interrupt.js';
import { createProgram } from './tree.js';
import { usageError } from './usage-errors.js';
import { version } from './version.js';

/** Runs the command line and tells the exit code; never throws, never exits. */
export const main = async (args: readonly string[]): Promise<number> => {
  let exitCode: number = exitCodes.passed;
  let isCutOff = false;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // A reader such as `head` may leave before the end.
    if (error.code === 'EPIPE' || isCutOff) return;
    isCutOff = true;
    print(say`cannot write standard output (${error.code ?? error.message}); make room there`);
    process.exitCode = exitCodes.usage;
  });
  // There is nowhere left to say it.
  process.stderr.on('error', () => undefined);
  try {
    applyGlobals(readGlobals(args, process.env));
    const program = createProgram((code) => {
      exitCode = code;
    }, version());
    await program.parseAsync([...args], { from: 'user' });
    return isCutOff ? exitCodes.usage : exitCode;
  } catch (error) {
    return complain(error);
  }
};

const print = (line: string): void => {
  process.stderr.write(`hookproof: ${line}\n`);
};

const complain = async (error: unknown): Promise<number> => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.passed;
    if (error.code === 'commander.help') return exitCodes.usage;
    print(say`${usageError(error.message)} (see --help)`);
    return exitCodes.usage;
  }
  if (error instanceof Interrupted) {
    print(say`interrupted; there is no verdict`);
    return exitCodes.interrupted;
  }
  const { HookproofError } = await import('../simulator/index.js');
  if (error instanceof HookproofError) {
    print(`${error.message}; ${error.remedy}`);
    return exitCodeOfError(error.code);
  }
  print(say`a fault of hookproof: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env['HOOKPROOF_DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  } else {
    print(say`set HOOKPROOF_DEBUG=1 for its place, and please report it`);
  }
  return exitCodes.internal;
};
