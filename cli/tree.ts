/** The whole command line as data: every command with its options, without what they do. */
import { Command } from 'commander';
import { allCommands } from './all-commands.js';
import { captureCommand } from './commands/capture.js';
import { compareCommand } from './commands/compare.js';
import { completionCommand } from './commands/completion.js';
import { doctorCommand } from './commands/doctor.js';
import { driftCommand } from './commands/drift.js';
import { forecastCommand } from './commands/forecast.js';
import { fuzzCommand } from './commands/fuzz.js';
import { listCommand } from './commands/list.js';
import { loadCommand } from './commands/load.js';
import { replayCommand } from './commands/replay.js';
import { selfTestCommand } from './commands/self-test.js';
import { sendCommand } from './commands/send.js';
import { serveCommand } from './commands/serve.js';
import { simulateCommand } from './commands/simulate.js';
import { verifyCommand } from './commands/verify.js';
import { workerCommand } from './commands/worker.js';
import { addGlobals } from './globals.js';
import { configureHelp } from './help.js';

export const createProgram = (finish: (exitCode: number) => void, version: string): Command => {
  const program = addGlobals(new Command('hookproof'))
    .description('Proves that a receiver of Truora’s hooks is right.')
    .version(version, '-V, --version', 'print the version')
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
  const commands = [
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
    completionCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of allCommands(program)) {
    configureHelp(command);
    command.exitOverride();
  }
  return program;
};
