/** Where a page of a list is found, and the one after it: `next` is empty on the last (REF). */
export interface PageLinks {
  readonly self: string;
  readonly next: string;
}

/**
 * The addresses of a page and of the one after it.
 *
 * @param base the list's own address: `https://…/v1/hooks/events`
 * @param startKey what this page was asked for by; undefined for the first
 * @param nextKey what asks for the page after it; undefined for the last
 */
export const pageLinks = (
  base: string,
  startKey: string | undefined,
  nextKey: string | undefined,
): PageLinks => ({
  self: startKey === undefined ? base : linkTo(base, startKey),
  next: nextKey === undefined ? '' : linkTo(base, nextKey),
});

const linkTo = (base: string, startKey: string): string =>
  `${base}?start_key=${encodeURIComponent(startKey)}`;
