/** What commander says of wrong usage, in the chosen language. */
import { say } from '../language/say.js';

type Words = (...parts: readonly string[]) => string;

/** Every message that commander can make of our options, and how it is said. */
const MESSAGES: readonly (readonly [message: RegExp, words: Words])[] = [
  [/^missing required argument '(.+)'$/, (name) => say`missing required argument '${name}'`],
  [/^option '(.+)' argument missing$/, (flags) => say`option '${flags}' argument missing`],
  [
    /^required option '(.+)' not specified$/,
    (flags) => say`required option '${flags}' not specified`,
  ],
  [
    /^unknown option '(.+?)'(.*)$/,
    (flag, hint = '') => say`unknown option '${flag}'${hintOf(hint)}`,
  ],
  [
    /^unknown command '(.+?)'(.*)$/,
    (name, hint = '') => say`unknown command '${name}'${hintOf(hint)}`,
  ],
  [
    /^too many arguments(?: for '(.+)')?\. Expected (\d+) arguments? but got (\d+)\.$/,
    (_name, expected, got) => say`too many arguments: expected ${expected}, got ${got}`,
  ],
  [
    /^option '(.+?)' argument '(.*?)' is invalid\. (.+)$/,
    (flags, value, why = '') =>
      say`option '${flags}' argument '${value}' is invalid. ${allowedIn(why)}`,
  ],
  [
    /^command-argument value '(.*?)' is invalid for argument '(.+?)'\. (.+)$/,
    (value, name, why = '') =>
      say`value '${value}' is invalid for argument '${name}'. ${allowedIn(why)}`,
  ],
];

const hintOf = (hint: string): string => {
  const near = /\(Did you mean (?:one of )?(.+)\?\)/.exec(hint)?.[1];
  return near === undefined ? '' : say` (Did you mean ${near}?)`;
};

const allowedIn = (why: string): string => {
  const choices = /^Allowed choices are (.+)\.$/.exec(why)?.[1];
  return choices === undefined ? why : say`Allowed choices are ${choices}.`;
};

export const usageError = (message: string): string => {
  const line = message.replace(/^error: /, '').replaceAll('\n', ' ');
  for (const [pattern, words] of MESSAGES) {
    const match = pattern.exec(line);
    if (match !== null) return words(...match.slice(1));
  }
  return line;
};
