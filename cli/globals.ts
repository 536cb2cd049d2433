/** What may stand before or after any command: the language, and plain output. */
import { Option } from 'commander';
import type { Command } from 'commander';
import { chooseLanguage, languageFrom, languages } from '../language/choose.js';
import type { Language } from '../language/choose.js';
import { usePlain } from './terminal.js';

export interface Globals {
  readonly language: Language;
  readonly plain: boolean;
}

export const addGlobals = (program: Command): Command =>
  program
    .addOption(
      new Option(
        '--lang <language>',
        'what texts are in (default: HOOKPROOF_LANG, or the language of the environment)',
      ).choices(languages),
    )
    .option('--plain', 'for screen readers: plain lines, no colour, no drawing');

/** The value of `--lang`, wherever it stands; commander refuses one that is unknown. */
const languageIn = (args: readonly string[]): Language | undefined => {
  const at = args.lastIndexOf('--lang');
  const joined = args.findLast((one) => one.startsWith('--lang='))?.slice('--lang='.length);
  const given = at === -1 ? joined : args[at + 1];
  return languages.find((one) => one === given);
};

/** They are needed before anything is said, so before commander reads the arguments. */
export const readGlobals = (
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Globals => {
  const end = args.indexOf('--');
  const options = end === -1 ? args : args.slice(0, end);
  return {
    language: languageIn(options) ?? languageFrom(env),
    plain: options.includes('--plain') || !['', '0'].includes(env['HOOKPROOF_PLAIN'] ?? ''),
  };
};

export const applyGlobals = ({ language, plain }: Globals): void => {
  chooseLanguage(language);
  usePlain(plain);
};
