/** Where things lie in the picture, in its own units. */

export const layout = {
  width: 760,
  left: 56,
  right: 704,
  titleHeight: 14,
  laneHeight: 20,
  shareHeight: 150,
  gap: 26,
  barsHeight: 72,
  axisHeight: 30,
} as const;

/** Shortened to what a picture of this size can show. */
export const round = (number: number): number => Math.round(number * 10) / 10;

/** Of the run's length, drawn past its end so that what happened last can be seen. */
const PAST_END = 0.015;

/** A horizontal place for each instant. */
export type ScaleX = (atMs: number) => number;

export const scaleX = (fromMs: number, untilMs: number): ScaleX => {
  const { left, right } = layout;
  const spanMs = Math.max(1, untilMs - fromMs) * (1 + PAST_END);
  return (atMs) => round(left + ((atMs - fromMs) / spanMs) * (right - left));
};
