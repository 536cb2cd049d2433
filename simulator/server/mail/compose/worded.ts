/** Numbers, spans and instants in a reader's language; instants in UTC. */

/** What counts and rates look like there. */
export const createWording = (locale: string) => {
  const number = new Intl.NumberFormat(locale);
  // Two digits: 80.02% must not read as the 80% that it exceeds.
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const time = new Intl.DateTimeFormat(locale, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  });
  return {
    count: (value: number): string => number.format(value),
    share: (part: number, whole: number): string => percent.format(whole === 0 ? 0 : part / whole),
    /** `2 January 2026, 03:04:05 UTC`. */
    instant: (atMs: number): string => `${date.format(atMs)}, ${time.format(atMs)} UTC`,
    /** `60 minutes`, `3 seconds` or `250 milliseconds`: in the largest unit that is exact. */
    span: (spanMs: number): string => {
      const [unit, sizeMs] = UNITS.find(([, size]) => spanMs % size === 0) ?? SMALLEST;
      return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(
        spanMs / sizeMs,
      );
    },
  };
};

const SMALLEST = ['millisecond', 1] as const;
const UNITS = [['minute', 60_000], ['second', 1000], SMALLEST] as const;
