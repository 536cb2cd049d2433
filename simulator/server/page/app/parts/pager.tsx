import type { JSX } from 'preact';
import { pageNumber, turn, type Pages } from '../state/pages.js';

/** Leafs through a list whose pages the server makes. */
export const Pager = ({
  pages,
  next,
  onPages,
}: {
  readonly pages: Pages;
  readonly next: string | null;
  readonly onPages: (pages: Pages) => void;
}): JSX.Element | null => {
  const first = pages.keys.length === 0;
  if (first && next === null) return null;
  return (
    <nav class="pager" aria-label="Pages">
      <button
        type="button"
        disabled={first}
        onClick={() => onPages(turn(pages, { kind: 'first' }))}
      >
        Newest
      </button>
      <button type="button" disabled={first} onClick={() => onPages(turn(pages, { kind: 'back' }))}>
        Newer
      </button>
      <span class="number">Page {pageNumber(pages)}</span>
      <button
        type="button"
        disabled={next === null}
        onClick={() => {
          if (next !== null) onPages(turn(pages, { kind: 'on', next }));
        }}
      >
        Older
      </button>
    </nav>
  );
};
