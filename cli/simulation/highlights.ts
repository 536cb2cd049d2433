/** Keeps the rows that tell why a hook was disabled: the attempts before it, and what followed. */
import type { LedgerRow } from '../../simulator/index.js';

const BEFORE = 5;
const TIMES = 3;

export interface Highlights {
  readonly add: (row: LedgerRow) => void;
  readonly rows: () => readonly LedgerRow[];
  /** All rows there were. */
  readonly seen: () => number;
}

export const createHighlights = (): Highlights => {
  const kept: LedgerRow[] = [];
  let recent: LedgerRow[] = [];
  let times = 0;
  let seen = 0;
  return {
    add: (row) => {
      seen += 1;
      if (row.kind === 'attempt') {
        recent.push(row);
        if (recent.length > BEFORE) recent = recent.slice(-BEFORE);
        return;
      }
      if (row.kind === 'missed' || row.kind === 'dropped' || times > TIMES) return;
      if (row.kind === 'disabled') {
        times += 1;
        if (times > TIMES) return;
        kept.push(...recent);
        recent = [];
      }
      kept.push(row);
    },
    rows: () => kept,
    seen: () => seen,
  };
};
