import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.js';
import { fishCompletion } from '../completion/fish.js';
import { completionsOf } from '../completion/model.js';
import type { CompletedCommand } from '../completion/model.js';
import type { Shell } from '../completion/shells.js';
import { knownValues } from '../completion/values.js';
import { zshCompletion } from '../completion/zsh.js';

const writers: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** Prints the script that completes the whole program for a shell. */
export const printCompletion = async (shell: Shell, command: Command): Promise<void> => {
  const program = command.parent ?? command;
  process.stdout.write(writers[shell](completionsOf(program, await knownValues())));
};
