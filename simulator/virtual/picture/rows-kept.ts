/** The rows of a hook that are kept: the first ones, and those around each disabling. */
import type { LedgerRow } from '../ledger.js';
import type { AttemptRow, Incident } from '../rows.js';

const BEFORE = 20;
const AFTER = 5;

export interface RowsKept {
  readonly attempt: (row: Readonly<AttemptRow>) => void;
  readonly incident: (incident: Incident) => void;
  /** In time order, and how many were left out. */
  readonly rows: () => { readonly rows: readonly LedgerRow[]; readonly leftOut: number };
}

export interface Naming {
  readonly nameAttempt: (row: Readonly<AttemptRow>) => LedgerRow;
  readonly nameIncident: (incident: Incident) => LedgerRow;
}

/** Keeps the first `rowsMax` rows, and of the later ones as many again that are near a disabling. */
export const createRowsKept = (
  rowsMax: number,
  { nameAttempt, nameIncident }: Naming,
): RowsKept => {
  const first: LedgerRow[] = [];
  const near: LedgerRow[] = [];
  const recent: (AttemptRow | Incident)[] = [];
  let told = 0;
  let after = 0;

  const named = (row: AttemptRow | Incident): LedgerRow =>
    'kind' in row ? nameIncident(row) : nameAttempt(row);

  const keepNear = (row: AttemptRow | Incident): void => {
    if (near.length < rowsMax) near.push(named(row));
  };

  const keepLater = (row: AttemptRow | Incident): void => {
    if (near.length >= rowsMax) return;
    if (after > 0) {
      after -= 1;
      keepNear(row);
      return;
    }
    recent.push(row);
    if (recent.length > 2 * BEFORE) recent.splice(0, BEFORE);
  };

  return {
    attempt: (row) => {
      told += 1;
      if (first.length < rowsMax) first.push(nameAttempt(row));
      // The run fills one object anew for each attempt.
      else if (near.length < rowsMax) keepLater({ ...row });
    },
    incident: (incident) => {
      told += 1;
      if (first.length < rowsMax) {
        first.push(nameIncident(incident));
        return;
      }
      if (incident.kind !== 'disabled') {
        keepLater(incident);
        return;
      }
      recent.splice(0).slice(-BEFORE).forEach(keepNear);
      keepNear(incident);
      after = AFTER;
    },
    rows: () => ({ rows: [...first, ...near], leftOut: told - first.length - near.length }),
  };
};
