/** What can be completed, read from the option tables. */
import type { Command } from 'commander';
import { translate } from '../../language/say.js';
import { allCommands } from '../all-commands.js';

export interface CompletedOption {
  /** `--lang`, `-h`: each name with its dashes. */
  readonly names: readonly string[];
  readonly description: string;
  readonly takesValue: boolean;
  readonly values: readonly string[];
}

export interface CompletedCommand {
  /** `/verify`, `/list/events`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly { readonly name: string; readonly description: string }[];
  readonly options: readonly CompletedOption[];
  /** What may stand in place of its arguments, where that is known. */
  readonly values: readonly string[];
}

/** Known values by command and option, `/verify --only`; `* --only` for all commands. */
export type KnownValues = ReadonlyMap<string, readonly string[]>;

const pathOf = (command: Command): string =>
  command.parent === null ? '' : `${pathOf(command.parent)}/${command.name()}`;

const optionsOf = (
  command: Command,
  path: string,
  known: KnownValues,
): readonly CompletedOption[] => {
  const help = command.createHelp();
  const options = [...help.visibleOptions(command), ...help.visibleGlobalOptions(command)];
  return options.map((option) => {
    const long = option.long ?? '';
    return {
      names: [option.long, option.short].filter((name) => name !== undefined && name !== null),
      description: translate(option.description),
      takesValue: option.required || option.optional,
      values: option.argChoices ?? known.get(`${path} ${long}`) ?? known.get(`* ${long}`) ?? [],
    };
  });
};

export const completionsOf = (program: Command, known: KnownValues): readonly CompletedCommand[] =>
  allCommands(program).map((command) => {
    const path = pathOf(command);
    const [argument] = command.registeredArguments;
    return {
      path,
      commands: command.commands.map((one) => ({
        name: one.name(),
        description: translate(one.description()),
      })),
      options: optionsOf(command, path, known),
      values: argument?.argChoices ?? known.get(path) ?? [],
    };
  });
