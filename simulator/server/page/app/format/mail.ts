/** E-mails as a page with a strict content policy can show them. */

/**
 * HTML whose inline styles wait under another name: a content policy refuses them as attributes, and
 * lets a script set them.
 */
export const withoutStyles = (html: string): string =>
  html.replaceAll(/<[^<>]+>/g, (tag) => tag.replaceAll(/\sstyle=/g, ' data-style='));

export type TextPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly url: string };

/** Plain text, with its web addresses apart. */
export const splitLinks = (text: string): readonly TextPart[] =>
  text
    .split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:)\]])/)
    .map((part, index): TextPart =>
      index % 2 === 1 ? { kind: 'link', url: part } : { kind: 'text', text: part },
    )
    .filter((part) => part.kind === 'link' || part.text !== '');

/** The view that an address of this page leads to; undefined for any other address. */
export const viewLinkOf = (
  url: string,
  own: { readonly publicUrl: string; readonly origin: string },
): string | undefined => {
  if (!URL.canParse(url)) return undefined;
  const { origin, hash } = new URL(url);
  const ours = [own.publicUrl, own.origin].filter((one) => URL.canParse(one));
  return hash.startsWith('#/') && ours.some((one) => new URL(one).origin === origin)
    ? hash
    : undefined;
};
