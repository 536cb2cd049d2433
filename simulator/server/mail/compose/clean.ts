/** Makes others' words harmless in an e-mail: a hook's name, its URL and an event's ids are hostile input. */

/** One line, without characters that steer, hide or turn text, of at most so many characters. */
export const clean = (text: string, most = 200): string => {
  const line = text
    .replaceAll(/\p{Cs}/gu, '\uFFFD')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/\p{Cf}/gu, '')
    .trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
};

/** A URL as it may be shown: no user, no password, and no query, which may hold secrets too. */
export const shownUrl = (text: string): string => {
  if (!URL.canParse(text)) return clean(text);
  const { protocol, host, pathname, search } = new URL(text);
  return clean(`${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`);
};

/** Text as HTML, in elements and in quoted attributes. */
export const escape = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
