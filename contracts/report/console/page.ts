/** How the console report is laid out: colours, and lines that end before the last column. */
import picocolors from 'picocolors';
import type { RenderOptions } from '../report.js';

type Colors = ReturnType<typeof picocolors.createColors>;
type Paint = (text: string) => string;

export interface Page {
  readonly colors: Colors;
  readonly columns: number;
  readonly plain: boolean;
}

/** Narrower pages are laid out for this many columns; what is too long there, the terminal breaks. */
const COLUMNS_MIN = 40;

export const createPage = (options: RenderOptions): Page => ({
  colors: picocolors.createColors(options.color),
  columns: Math.max(COLUMNS_MIN, options.columns),
  plain: options.plain ?? false,
});

/** Writes out characters that would steer the terminal; a receiver may have had a say in a text. */
export const visible = (text: string): string =>
  text.replaceAll(
    /[\p{Cc}\p{Cf}\p{Cs}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );

/** Columns that a text takes, if each character takes one. */
export const widthOf = (text: string): number => Array.from(text).length;

/** A text of at most so many characters. */
export const clip = (text: string, most: number): string =>
  widthOf(text) <= most
    ? text
    : `${Array.from(text)
        .slice(0, most - 1)
        .join('')}…`;

/** Breaks a text between words. A longer word, such as a URL, stays whole so that it can be copied. */
const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/u).map(visible)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= width) {
      line = longer;
    } else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
};

const plainly: Paint = (text) => text;

/** `label: text`, on one line: no indent, no sign before a list's entry, no break inside a sentence. */
const besidePlainly = (label: string, text: string): string => {
  const words = label
    .replace(/^\s*\*/, '')
    .replace(/:?\s*$/, '')
    .trim()
    .replaceAll(/\s{2,}/g, ': ');
  const said = visible(text.replaceAll(/\s+/gu, ' ').trim());
  return words === '' ? said : `${words}: ${said}`;
};

/** A label and a text beside it, whose later lines begin where the first one does. */
export const beside = (
  page: Page,
  label: string,
  text: string,
  paint: { readonly label?: Paint; readonly text?: Paint } = {},
): readonly string[] => {
  if (page.plain) return [besidePlainly(label, text)];
  const { label: paintLabel = plainly, text: paintText = plainly } = paint;
  const indent = widthOf(label);
  return wrap(text, page.columns - indent).map(
    (line, index) => `${index === 0 ? paintLabel(label) : ' '.repeat(indent)}${paintText(line)}`,
  );
};

/** A heading and what stands under it; nothing at all where nothing does. */
export const section = (page: Page, title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', page.colors.bold(title), ...lines];

/** `500 ms`, `3 s`, `5.1 s`. */
export const describeDuration = (durationMs: number): string =>
  durationMs < 1000 ? `${durationMs} ms` : `${Math.round(durationMs / 100) / 10} s`;
