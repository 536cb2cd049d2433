/** The texts that the help of all commands says. */
import { Help } from 'commander';
import type { Command } from 'commander';
import { allCommands } from '../../cli/all-commands.js';
import { helpBlocks } from '../../cli/help.js';

/** What follows the options of a command. */
const tailOf = (command: Command): string => {
  const written: string[] = [];
  command.configureOutput({ writeOut: (text) => written.push(text) });
  command.outputHelp();
  return written.slice(1).join('');
};

export const saidInHelp = (program: Command): readonly string[] => {
  const layout = new Help();
  const texts = allCommands(program).flatMap((command) => [
    command.description(),
    ...command.registeredArguments.map(({ description }) => description),
    ...layout
      .visibleOptions(command)
      .flatMap((option) => [
        option.description,
        ...(option.defaultValueDescription === undefined ||
        !/[a-z]{2} [a-z]{2}/.test(option.defaultValueDescription)
          ? []
          : [option.defaultValueDescription]),
      ]),
    ...helpBlocks(tailOf(command)).flatMap(({ kind, text }) => (kind === 'prose' ? [text] : [])),
  ]);
  return [...new Set(texts)].filter((text) => text !== '');
};
