import type { Finding } from './finding.js';
import type { Bench } from './observe/bench.js';
import type { Known, Seen } from './seen.js';

export type CheckId = keyof Seen;

/** What became of one check: what is known now, and what it found. */
export interface Checked {
  readonly known: Known;
  readonly findings: readonly Finding[];
  readonly seen: string;
}

/** One question, and the checks that must not have found a cause for it to make sense. */
export interface Check {
  readonly id: CheckId;
  readonly title: string;
  readonly needs: readonly CheckId[];
  /** Looks and judges; a string says why there is nothing to judge. */
  readonly run: (bench: Bench, known: Known) => Promise<Checked | string>;
}

/** A check whose looking (I/O) and judging (pure) are apart. */
export const defineCheck = <Id extends CheckId>(check: {
  readonly id: Id;
  readonly title: string;
  readonly needs: readonly CheckId[];
  /** A string says why there is nothing to look at. */
  readonly observe: (bench: Bench, known: Known) => Promise<Seen[Id] | string>;
  readonly judge: (seen: Seen[Id], known: Known) => readonly Finding[];
  readonly describe: (seen: Seen[Id], known: Known) => string;
}): Check => {
  const { id, title, needs, observe, judge, describe } = check;
  return {
    id,
    title,
    needs,
    run: async (bench, known) => {
      const seen = await observe(bench, known);
      if (typeof seen === 'string') return seen;
      return {
        known: { ...known, [id]: seen },
        findings: judge(seen, known),
        seen: describe(seen, known),
      };
    },
  };
};
