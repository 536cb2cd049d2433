/** Which language was asked for, and its texts. */
import { readFileSync, readdirSync } from 'node:fs';
import { isElsewhere } from './elsewhere.js';
import { speak } from './say.js';
import type { Texts } from './say.js';

export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

/** In the order in which they count; the first that is set decides (POSIX, locale). */
const VARIABLES = ['HOOKPROOF_LANG', 'LC_ALL', 'LC_MESSAGES', 'LANG'];

/** `es`, `es_MX.UTF-8` and `es-CO` are Spanish; everything else, and `C`, is English. */
export const languageFrom = (env: Readonly<Record<string, string | undefined>>): Language => {
  const value = VARIABLES.map((name) => env[name] ?? '').find((one) => one !== '') ?? '';
  return /^es(?:[_.@-]|$)/i.test(value) ? 'es' : 'en';
};

/** What the command line and its reports say, and beside the cases what those say. */
const FOLDERS = ['./spanish/', '../contracts/spanish/'];

const readFolder = (folder: URL): readonly Texts[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Texts);

const spanishTexts = (): Texts =>
  Object.assign(
    {},
    ...FOLDERS.flatMap((folder) => readFolder(new URL(folder, import.meta.url))),
  ) as Texts;

/** From here on, texts are in this language; only Spanish reads files. */
export const chooseLanguage = (language: Language): void => {
  const texts = language === 'es' ? spanishTexts() : undefined;
  speak(() => (isElsewhere() ? undefined : texts));
};
