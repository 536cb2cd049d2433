/**
 * Buckets of several hooks on one grid of time. They begin narrow and widen whenever there would be
 * too many, so that a run of any length takes the same memory.
 */
import { type Bucket, type Sample, coarsened, emptyBucket } from './buckets.js';
import { widerThan, widthsMs } from './widths.js';

type Writable<Item> = { -readonly [Field in keyof Item]: Item[Field] };

/** A bucket that is being filled. */
export type Cell = Writable<Omit<Bucket, 'attempts'>> & { readonly attempts: number[] };

export interface Grid {
  /** The cell of a hook at an instant. */
  readonly at: (hook: number, atMs: number) => Cell;
  readonly widthMs: () => number;
  /** The buckets of a hook in time order, each with so many outcomes. */
  readonly bucketsOf: (hook: number, outcomes: number) => readonly Bucket[];
}

const cellOf = (bucket: Bucket): Cell => ({ ...bucket, attempts: [...bucket.attempts] });

/** A grid of at most so many buckets a hook. */
export const createGrid = (bucketsMax: number): Grid => {
  let widthMs = widthsMs[0] ?? 1;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  const rows: Map<number, Cell>[] = [];
  const latest: (Cell | undefined)[] = [];

  const widen = (): void => {
    widthMs = widerThan(widthMs);
    first = Number.POSITIVE_INFINITY;
    last = Number.NEGATIVE_INFINITY;
    for (const [hook, row] of rows.entries()) {
      const wider = coarsened([...row.values()], widthMs).map(cellOf);
      rows[hook] = new Map(wider.map((cell) => [Math.round(cell.fromMs / widthMs), cell]));
      for (const place of rows[hook].keys()) {
        first = Math.min(first, place);
        last = Math.max(last, place);
      }
    }
    latest.length = 0;
  };

  const findCell = (hook: number, atMs: number): Cell => {
    let place = Math.floor(atMs / widthMs);
    while (Math.max(last, place) - Math.min(first, place) >= bucketsMax) {
      widen();
      place = Math.floor(atMs / widthMs);
    }
    first = Math.min(first, place);
    last = Math.max(last, place);
    while (rows.length <= hook) rows.push(new Map());
    const row = rows[hook] ?? new Map<number, Cell>();
    const cell = row.get(place) ?? cellOf(emptyBucket(place * widthMs, 0));
    row.set(place, cell);
    latest[hook] = cell;
    return cell;
  };

  return {
    at: (hook, atMs) => {
      const cell = latest[hook];
      const isInside = cell !== undefined && atMs >= cell.fromMs && atMs < cell.fromMs + widthMs;
      return isInside ? cell : findCell(hook, atMs);
    },
    widthMs: () => widthMs,
    bucketsOf: (hook, outcomes) =>
      [...(rows[hook] ?? new Map<number, Cell>()).values()]
        .toSorted((one, other) => one.fromMs - other.fromMs)
        .map((cell) => ({
          ...cell,
          attempts: Array.from({ length: outcomes }, (_, index) => cell.attempts[index] ?? 0),
        })),
  };
};

/** Enters what a window holds into a cell. */
export const sampleInto = (
  cell: Cell,
  atMs: number,
  failed: number,
  total: number,
  headroom: number,
): void => {
  if (total === 0) return;
  const { low, high, last } = cell;
  if (last?.failed === failed && last.total === total) return;
  const sample: Sample = {
    atMs,
    failed,
    total,
    headroom: Number.isFinite(headroom) ? headroom : null,
  };
  cell.last = sample;
  // Compared crosswise, so that no division is made for each of millions of attempts.
  if (low === null || failed * low.total < low.failed * total) cell.low = sample;
  if (high === null || failed * high.total > high.failed * total) cell.high = sample;
};
