/** Spans of time in words. */

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const;

/** `2 min 30 s`, `8 min`, `450 ms`: the two largest units that matter. */
export const formatDuration = (durationMs: number): string => {
  if (durationMs < 1000) return `${Math.round(durationMs)} ms`;
  // Rounded to what is shown, so that 59.9999 s does not become `60 s`.
  const roundTo = durationMs < 3_600_000 ? 1000 : 60_000;
  const rounded = Math.round(durationMs / roundTo) * roundTo;
  let rest = rounded;
  const parts: string[] = [];
  for (const [unit, unitMs] of UNITS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) parts.push(`${count} ${unit}`);
  }
  return parts.slice(0, 2).join(' ');
};

/** `in 30 s`, `now` or `2 min ago`. */
export const formatUntil = (atMs: number, nowMs: number): string => {
  const untilMs = atMs - nowMs;
  if (Math.abs(untilMs) < 1000) return 'now';
  return untilMs > 0 ? `in ${formatDuration(untilMs)}` : `${formatDuration(-untilMs)} ago`;
};

/** As the API reads it: `120s`. */
export const durationText = (durationMs: number): string =>
  durationMs % 1000 === 0 ? `${durationMs / 1000}s` : `${durationMs}ms`;
