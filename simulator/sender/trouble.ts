/** Told of what a handler in this process threw, or returned in place of an answer. */
export type OnTrouble = (what: string) => void;

/** What was thrown, in one line. */
export const describeThrown = (error: unknown): string => {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const [line = ''] = text.trim().split('\n');
  return `it threw ${line}`;
};

/** What was returned where a `Response` belongs. */
export const describeReturned = (value: unknown): string => {
  const what =
    value === undefined || value === null
      ? String(value)
      : `${/^[aeiou]/.test(typeof value) ? 'an' : 'a'} ${typeof value}`;
  return `it returned ${what}, and a Response was expected`;
};
