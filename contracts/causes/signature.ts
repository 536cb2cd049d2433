/** Which cases fail against a receiver with one known defect: the signature of the defect. */

import { symptoms } from './symptom.js';
import type { Symptom } from './symptom.js';

/** Written by `scripts/signatures.mjs`; places in a list are written as `0-3,7`. */
export interface SignatureData {
  /** The run of the kill matrix that it was made from. */
  readonly made: {
    readonly version: string;
    readonly seeds: readonly number[];
    readonly receivers: number;
  };
  /** Ids of cases. */
  readonly cases: readonly string[];
  /** Sets of cases that were judged together. */
  readonly judged: readonly string[];
  /**
   * A receiver, its place in `judged`, the cases that failed always, those that did at times, and
   * which showed what.
   */
  readonly receivers: readonly (readonly [
    id: string,
    judged: number,
    failed: string,
    wavering: string,
    symptoms: Readonly<Partial<Record<Symptom, string>>>,
  ])[];
}

/** What a contract run makes of a receiver with one known defect. */
export interface Signature {
  readonly mutant: string;
  /** Cases that passed or failed. */
  readonly judged: ReadonlySet<string>;
  readonly failed: ReadonlySet<string>;
  /** Cases that failed in some runs only: races. */
  readonly wavering: ReadonlySet<string>;
  /** How those that failed always did so, where that was always alike. */
  readonly symptoms: ReadonlyMap<string, Symptom>;
}

/** `0-3,7` → 0, 1, 2, 3, 7 */
const placesIn = (text: string): readonly number[] =>
  text === '' ? [] : text.split(',').flatMap(rangeOf);

const rangeOf = (range: string): readonly number[] => {
  const [first = 0, last = first] = range.split('-').map(Number);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

export const decodeSignatures = ({
  cases,
  judged,
  receivers,
}: SignatureData): readonly Signature[] => {
  const casesAt = (text: string): ReadonlySet<string> =>
    new Set(placesIn(text).flatMap((place) => cases[place] ?? []));
  const sets = judged.map(casesAt);
  return receivers.map(([mutant, set, failed, wavering, shown]) => ({
    mutant,
    judged: sets[set] ?? new Set(),
    failed: casesAt(failed),
    wavering: casesAt(wavering),
    symptoms: new Map(
      symptoms.flatMap((symptom) =>
        [...casesAt(shown[symptom] ?? '')].map((id) => [id, symptom] as const),
      ),
    ),
  }));
};
