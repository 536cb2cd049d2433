/** The code in a page of docs/. */
import { readFileSync } from 'node:fs';

export interface Block {
  readonly language: string;
  readonly code: string;
  /** The headings above it, the page's first, the nearest last. */
  readonly headings: readonly string[];
}

/** All fenced blocks of a page, in order. */
export const blocksOf = (page: string): readonly Block[] => {
  const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8');
  const blocks: Block[] = [];
  let headings: readonly string[] = [];
  for (const [, level, title, language, code] of text.matchAll(
    /^(#+) ([^\n]*)$|^```(\w*)\n(.*?)^```$/gms,
  )) {
    if (level !== undefined && title !== undefined) {
      headings = [...headings.slice(0, level.length - 1), title];
    } else blocks.push({ language: language ?? '', code: code ?? '', headings });
  }
  return blocks;
};
