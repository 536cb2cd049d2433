/** How to mend a receiver, in code. */
import { languages } from '../../runner/result.js';
import type { Finding, Language } from '../../runner/result.js';
import { beside, visible } from './page.js';
import type { Page } from './page.js';
import { say } from '../../../language/say.js';

const NAMES: Readonly<Record<Language, string>> = {
  node: 'Node',
  python: 'Python',
  go: 'Go',
  php: 'PHP',
  java: 'Java',
};

/** In the receiver's language where that is known, else for Node; the other formats show them all. */
export const describeMend = (
  page: Page,
  { snippets }: Pick<Finding, 'snippets'>,
  known: Language | null,
): readonly string[] => {
  const there = languages.filter((one) => snippets[one] !== undefined);
  const shown = there.find((one) => one === known) ?? there[0];
  if (shown === undefined) return [];
  const others = there.filter((one) => one !== shown).map((one) => NAMES[one]);
  return [
    page.colors.bold(say`  In ${NAMES[shown]}`),
    ...indented(snippets[shown] ?? ''),
    ...(others.length === 0 || known === shown
      ? []
      : beside(page, '  ', say`${others.join(', ')}: --report html=report.html`)),
  ];
};

/** Code keeps its lines, however long: it is there to be copied. */
const indented = (code: string): readonly string[] =>
  code
    .replaceAll('\t', '  ')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `    ${visible(line)}`);
