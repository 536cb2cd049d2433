/** How figures of a load run are written. */

/** `1,234,567`. */
export const formatCount = (count: number): string =>
  count !== 0 && Math.abs(count) < 10
    ? String(Number(count.toFixed(1)))
    : Math.round(count).toLocaleString('en-US');

/** `0.21 ms`, `12.3 ms`, `3.1 s`: three digits at the most that tell something. */
export const formatMs = (ms: number): string => {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  if (ms >= 100) return `${Math.round(ms)} ms`;
  return `${ms >= 10 ? ms.toFixed(1) : ms.toFixed(2)} ms`;
};

/** `0.3 %`; never rounded to nothing or all. */
export const formatShare = (part: number, whole: number): string => {
  const percent = whole === 0 ? 0 : (100 * part) / whole;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.99) return '> 99.99 %';
  return `${Number(percent.toFixed(2))} %`;
};
