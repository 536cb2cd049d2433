import { terminalOf } from './terminal.js';

const GLUED = '\u00A0';

/**
 * Breaks a sentence into lines of as many columns as the terminal has, at its spaces, but not between a number and
 * its unit.
 */
export const wrap = (text: string, { columns } = terminalOf(process.stdout)): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.replaceAll(/(?<=\d) (?=(?:%|min|s|h)(?!\w))/g, GLUED).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > columns && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((one) => one.replaceAll(GLUED, ' '));
};
