/** Rows of `place = value`, as a form has them and as the API takes them. */

export interface Override {
  readonly place: string;
  readonly value: string;
}

/** A number, true, null, an object … where it is JSON, and text where it is not. */
const readValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Undefined where no row names a place. */
export const readOverrides = (
  rows: readonly Override[],
): Readonly<Record<string, unknown>> | undefined => {
  const named = rows.filter(({ place }) => place.trim() !== '');
  if (named.length === 0) return undefined;
  return Object.fromEntries(named.map(({ place, value }) => [place.trim(), readValue(value)]));
};
