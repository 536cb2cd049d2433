/** The help of every command, in the chosen language: what commander lays out, and what follows it. */
import { Help } from 'commander';
import type { Argument, Command, Option } from 'commander';
import { translate } from '../language/say.js';
import { terminalOf } from './terminal.js';
import { wrap } from './wrap.js';

/** A paragraph, or lines that stay as they are: commands to copy, and empty ones. */
export interface HelpBlock {
  readonly kind: 'prose' | 'verbatim';
  readonly text: string;
}

const isVerbatim = (line: string): boolean => line === '' || line.startsWith('  ');

/** Takes apart what follows a command's options. */
export const helpBlocks = (text: string): readonly HelpBlock[] => {
  const blocks: HelpBlock[] = [];
  for (const line of text.split('\n')) {
    const last = blocks.at(-1);
    if (isVerbatim(line)) blocks.push({ kind: 'verbatim', text: line });
    else if (last?.kind === 'prose') {
      blocks.splice(-1, 1, { kind: 'prose', text: `${last.text} ${line}` });
    } else blocks.push({ kind: 'prose', text: line });
  }
  return blocks;
};

/** English keeps its own line breaks. */
const translateTail = (text: string): string => {
  const blocks = helpBlocks(text);
  const isSaid = blocks.some((block) => translate(block.text) !== block.text);
  return isSaid
    ? blocks
        .flatMap((block) =>
          block.kind === 'verbatim'
            ? [block.text]
            : wrap(translate(block.text), terminalOf(process.stdout)),
        )
        .join('\n')
    : text;
};

const layout = new Help();

const described = (description: string, whole: string): string => {
  return `${translate(description)}${translateExtra(whole.slice(description.length))}`;
};

/** ` (choices: "a", "b", default: "a")` */
const translateExtra = (extra: string): string =>
  extra
    .replace('(choices: ', `(${translate('choices:')} `)
    .replace(/(?<=[(] ?|, )default: ([^)]*)/, (_all, value: string) =>
      [translate('default:'), translate(value)].join(' '),
    );

/** What commander asks its layout for, translated. */
const helpConfiguration = {
  showGlobalOptions: true,
  styleTitle: translate,
  commandDescription: (command: Command) => translate(command.description()),
  subcommandDescription: (command: Command) =>
    translate(command.summary() || command.description()),
  optionDescription: (option: Option) =>
    described(option.description, layout.optionDescription(option)),
  argumentDescription: (argument: Argument) =>
    described(argument.description, layout.argumentDescription(argument)),
};

export const configureHelp = (command: Command): void => {
  command
    .helpOption('-h, --help', 'print help')
    .configureHelp(helpConfiguration)
    .configureOutput({
      outputError: () => undefined,
      writeOut: (text) => process.stdout.write(translateTail(text)),
    });
};
