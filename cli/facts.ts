/** Facts beside each other, or, where they are read aloud, in words that need no place. */
import { terminalOf } from './terminal.js';

/** Words of one line: two blanks apart, or commas. */
export const inLine = (words: readonly string[]): string =>
  terminalOf(process.stdout).plain
    ? words
        .map((word) => word.trim())
        .filter((word) => word !== '')
        .join(', ')
    : words.join('  ');

/** A name and what it is: in a column of its own, or with a colon. */
export const factRow = (name: string, text: string, columns: number): string => {
  if (!terminalOf(process.stdout).plain) return `  ${name.padEnd(columns)}${text}`;
  return name === '' ? text : `${name}: ${text}`;
};
