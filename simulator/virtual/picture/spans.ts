/** The spans in which a hook was disabled, in bounded memory. */
import type { Span } from './model.js';
import { widerThan, widthsMs } from './widths.js';

type Disabling = Pick<Span, 'fromMs' | 'reason' | 'failed' | 'total'>;

export interface SpansKept {
  readonly disabled: (disabling: Disabling) => void;
  readonly mailed: (to: readonly string[]) => void;
  readonly enabled: (atMs: number) => void;
  /** In time order; one that is still open lasts until the run's end. */
  readonly spans: (endMs: number) => readonly Span[];
}

const joined = (one: Span, other: Span): Span => ({
  ...one,
  untilMs: other.untilMs,
  disabledMs: one.disabledMs + other.disabledMs,
  times: one.times + other.times,
});

/** Joins spans that the hook was enabled between for no longer than this. */
const joinAll = (spans: readonly Span[], gapMs: number): Span[] => {
  const wider: Span[] = [];
  for (const span of spans) {
    const last = wider.at(-1);
    const isNear = last !== undefined && span.fromMs - (last.untilMs ?? span.fromMs) <= gapMs;
    if (isNear) wider[wider.length - 1] = joined(last, span);
    else wider.push(span);
  }
  return wider;
};

/** Keeps at most so many: where there are more, those that lie near each other become one. */
export const createSpansKept = (spansMax: number): SpansKept => {
  let spans: Span[] = [];
  let gapMs = 0;
  let sinceMs = Number.NaN;

  const change = (to: (last: Span) => Span): void => {
    const last = spans.at(-1);
    if (last !== undefined) spans[spans.length - 1] = to(last);
  };

  return {
    disabled: (disabling) => {
      sinceMs = disabling.fromMs;
      spans.push({ ...disabling, untilMs: null, disabledMs: 0, times: 1, mailed: [] });
      if (gapMs > 0) spans = [...spans.slice(0, -2), ...joinAll(spans.slice(-2), gapMs)];
      while (spans.length > spansMax) {
        gapMs = gapMs === 0 ? (widthsMs[0] ?? 1) : widerThan(gapMs);
        spans = joinAll(spans, gapMs);
      }
    },
    mailed: (to) => change((last) => ({ ...last, mailed: to })),
    enabled: (atMs) =>
      change((last) => ({
        ...last,
        untilMs: atMs,
        disabledMs: last.disabledMs + atMs - sinceMs,
      })),
    spans: (endMs) =>
      spans.map((span) =>
        span.untilMs === null ? { ...span, disabledMs: span.disabledMs + endMs - sinceMs } : span,
      ),
  };
};
