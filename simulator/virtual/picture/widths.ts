/** Widths of time buckets that people can read; each is a multiple of the one before. */
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

export const widthsMs: readonly number[] = [
  1,
  5,
  10,
  50,
  100,
  500,
  ...[1, 5, 10, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 5, 10, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...Array.from({ length: 16 }, (_, power) => DAY_MS * 2 ** power),
];

/** The narrowest width that cuts a span of time into at most so many buckets. */
export const widthFor = (spanMs: number, most: number): number => {
  const last = widthsMs.at(-1) ?? DAY_MS;
  return widthsMs.find((widthMs) => spanMs / widthMs <= most) ?? last;
};

/** The next wider one. */
export const widerThan = (widthMs: number): number =>
  widthsMs.find((wider) => wider > widthMs) ?? widthMs * 2;

const TICKS_MS: readonly number[] = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...Array.from({ length: 16 }, (_, power) => DAY_MS * 2 ** power),
];

/** Round instants for an axis, at most so many, from time 0 on. */
export const ticksOf = (fromMs: number, untilMs: number, most: number): readonly number[] => {
  const spanMs = Math.max(1, untilMs - fromMs);
  const stepMs = TICKS_MS.find((one) => spanMs / one <= most - 1) ?? spanMs;
  const first = Math.ceil(fromMs / stepMs);
  const last = Math.floor(untilMs / stepMs);
  // Adding 0 turns −0 into 0.
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * stepMs + 0);
};

/** Of a run's length, drawn past its end so that what happened last can be seen. */
const PAST_END = 0.015;

/** Where a picture of a run ends; never where it begins. */
export const pastEndMs = (run: { readonly fromMs: number; readonly untilMs: number }): number =>
  run.untilMs + Math.max(1, Math.ceil((run.untilMs - run.fromMs) * PAST_END));
