/** How to mend a receiver, in code. */
import { languages } from '../../runner/result.js';
import type { Finding, Language } from '../../runner/result.js';
import { visible } from './page.js';
import type { Page } from './page.js';

const NAMES: Readonly<Record<Language, string>> = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  php: 'PHP',
  java: 'Java',
};

/** In the receiver's language where that is known, else in all that there are. */
export const describeMend = (
  page: Page,
  { snippets }: Pick<Finding, 'snippets'>,
  known: Language | null,
): readonly string[] => {
  const own = languages.filter((one) => one === known && snippets[one] !== undefined);
  return (own.length > 0 ? own : languages).flatMap((language) => {
    const code = snippets[language];
    return code === undefined
      ? []
      : [page.colors.bold(`  In ${NAMES[language]}`), ...indented(code)];
  });
};

/** Code keeps its lines, however long: it is there to be copied. */
const indented = (code: string): readonly string[] =>
  code
    .replaceAll('\t', '  ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `    ${visible(line)}`);
