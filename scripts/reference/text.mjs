// How data becomes Markdown.

/** Text of the data in prose: what Markdown or HTML would take for its own is escaped, but for code. */
export const prose = (text) =>
  text
    .split(/(`[^`]+`)/)
    .map((part) =>
      part.startsWith('`')
        ? part
        : part
            .replaceAll(/[<&]/g, (sign) => ({ '<': '&lt;', '&': '&amp;' })[sign])
            .replaceAll(/[*_\\|[\]{]/g, '\\$&'),
    )
    .join('');

/** A slug as a heading: `alg-none` is `Alg none`. */
export const title = (slug) => slug.charAt(0).toUpperCase() + slug.slice(1).replaceAll('-', ' ');

/** A table; cells are Markdown. */
export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

export const groupBy = (items, keyOf) => {
  const groups = new Map();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups];
};
