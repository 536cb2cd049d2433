import { readFileSync, readdirSync } from 'node:fs';

const folder = new URL('../../docs/decisions/', import.meta.url);

/** The decision records, by their headings. */
export const decisions = () =>
  readdirSync(folder)
    .toSorted()
    .map((file) => ({
      text: readFileSync(new URL(file, folder), 'utf8').split('\n')[0]?.slice(2) ?? file,
      link: `/decisions/${file.replace('.md', '')}`,
    }));
