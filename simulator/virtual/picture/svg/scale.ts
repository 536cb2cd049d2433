/** Where things lie in the picture, in its own units. */
import { pastEndMs } from '../widths.js';

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

/** A horizontal place for each instant. */
export type ScaleX = (atMs: number) => number;

export const scaleX = (fromMs: number, untilMs: number): ScaleX => {
  const { left, right } = layout;
  const spanMs = pastEndMs({ fromMs, untilMs }) - fromMs;
  return (atMs) => round(left + ((atMs - fromMs) / spanMs) * (right - left));
};
