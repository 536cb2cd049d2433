/**
 * What people read, in the language that was chosen: English until then. The English text is the key,
 * with `{0}`, `{1}` … where its values stand. `test/language` finds these texts in the sources, so they
 * are written out where they are said.
 */

/** Texts of a language by the English ones. */
export type Texts = Readonly<Record<string, string>>;

type Value = string | number | null | undefined;

let spoken: () => Texts | undefined = () => undefined;

/** Says everything from here on in these texts, asked for each time; undefined: in English. */
export const speak = (texts: () => Texts | undefined): void => {
  spoken = texts;
};

const keyOf = (parts: readonly string[]): string =>
  parts.reduce((key, part, index) => (index === 0 ? part : `${key}{${index - 1}}${part}`), '');

/** A text with its values; what has no other words is said in English. */
export const say = (parts: TemplateStringsArray, ...values: readonly Value[]): string => {
  const text = spoken()?.[keyOf(parts)];
  return text === undefined
    ? parts.reduce((said, part, index) => `${said}${String(values[index - 1])}${part}`)
    : text.replaceAll(/\{(\d+)\}/g, (_all, index: string) => String(values[Number(index)]));
};

/** Marks a text that is said later, by {@link translate}: a constant is made before the choice. */
export const later = <const Text extends string>(text: Text): Text => text;

/** What was marked, or stands in the catalogue of cases and causes, in the chosen language. */
export const translate = (text: string): string => spoken()?.[text] ?? text;

/** `1 case`, `2 cases`: an English noun with its count. */
export const plural = (count: number, noun: string): string => {
  const text = `{0} ${noun}${count === 1 ? '' : 's'}`;
  return translate(text).replace('{0}', String(count));
};
