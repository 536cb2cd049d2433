import { Command, CommanderError } from 'commander';
import { exitCodeOfError, exitCodes } from './exit-codes.js';
import { captureCommand } from './commands/capture.js';
import { compareCommand } from './commands/compare.js';
import { doctorCommand } from './commands/doctor.js';
import { driftCommand } from './commands/drift.js';
import { forecastCommand } from './commands/forecast.js';
import { fuzzCommand } from './commands/fuzz.js';
import { listCommand } from './commands/list.js';
import { loadCommand } from './commands/load.js';
import { replayCommand } from './commands/replay.js';
import { sendCommand } from './commands/send.js';
import { simulateCommand } from './commands/simulate.js';
import { selfTestCommand } from './commands/self-test.js';
import { serveCommand } from './commands/serve.js';
import { verifyCommand } from './commands/verify.js';
import { workerCommand } from './commands/worker.js';
import { Interrupted } from './interrupt.js';
import { version } from './version.js';

/** Runs the command line and tells the exit code; never throws, never exits. */
export const main = async (args: readonly string[]): Promise<number> => {
  let exitCode: number = exitCodes.passed;
  const program = new Command('hookproof')
    .description('Proves that a receiver of Truora’s hooks is right.')
    .version(version(), '-V, --version', 'print the version')
    .helpCommand(false)
    .showSuggestionAfterError()
    .addHelpText(
      'after',
      `
Try it now, with a receiver that comes along:
  $ hookproof verify --demo

Exit codes: 0 passed, 1 the receiver broke the contract, 2 wrong usage,
3 no verdict, 4 a fault of hookproof.`,
    );
  const finish = (code: number): void => {
    exitCode = code;
  };
  const jobs = [
    verifyCommand(finish),
    fuzzCommand(finish),
    doctorCommand(finish),
    forecastCommand(finish),
    replayCommand(finish),
    sendCommand(finish),
    loadCommand(finish),
    captureCommand(finish),
    driftCommand(finish),
    simulateCommand(finish),
    serveCommand(finish),
    workerCommand(finish),
    compareCommand(finish),
    listCommand(),
    selfTestCommand(finish),
  ];
  for (const job of jobs) program.addCommand(job);
  for (const command of [
    program,
    ...program.commands,
    ...program.commands.flatMap(({ commands }) => commands),
  ]) {
    command
      .helpOption('-h, --help', 'print help')
      .exitOverride()
      .configureOutput({ outputError: () => undefined });
  }
  for (const stream of [process.stdout, process.stderr]) stream.on('error', letGo);
  try {
    await program.parseAsync([...args], { from: 'user' });
    return exitCode;
  } catch (error) {
    return complain(error);
  }
};

/** A reader such as `head` may leave before the end. */
const letGo = (error: NodeJS.ErrnoException): void => {
  if (error.code !== 'EPIPE') throw error;
};

const say = (line: string): void => {
  process.stderr.write(`hookproof: ${line}\n`);
};

const complain = async (error: unknown): Promise<number> => {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return exitCodes.passed;
    if (error.code === 'commander.help') return exitCodes.usage;
    say(`${error.message.replace(/^error: /, '').replaceAll('\n', ' ')} (see --help)`);
    return exitCodes.usage;
  }
  if (error instanceof Interrupted) {
    say('interrupted; there is no verdict');
    return exitCodes.interrupted;
  }
  const { HookproofError } = await import('../simulator/index.js');
  if (error instanceof HookproofError) {
    say(`${error.message}; ${error.remedy}`);
    return exitCodeOfError(error.code);
  }
  say(`a fault of hookproof: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env['HOOKPROOF_DEBUG'] !== undefined && error instanceof Error) {
    process.stderr.write(`${error.stack ?? ''}\n`);
  } else {
    say('set HOOKPROOF_DEBUG=1 for its place, and please report it');
  }
  return exitCodes.internal;
};
