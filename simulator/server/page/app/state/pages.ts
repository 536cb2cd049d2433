/** Where in a paged list somebody is: the keys of the pages up to the one that is shown. */

export interface Pages {
  /** The start keys of the pages before this one, and its own last; none on the first. */
  readonly keys: readonly string[];
}

export type Turn =
  | { readonly kind: 'first' }
  | { readonly kind: 'back' }
  | { readonly kind: 'on'; readonly next: string };

export const firstPage: Pages = { keys: [] };

export const turn = ({ keys }: Pages, move: Turn): Pages => {
  switch (move.kind) {
    case 'first':
      return firstPage;
    case 'back':
      return { keys: keys.slice(0, -1) };
    case 'on':
      return { keys: [...keys, move.next] };
  }
};

export const startKeyOf = ({ keys }: Pages): string | undefined => keys.at(-1);

export const pageNumber = ({ keys }: Pages): number => keys.length + 1;
