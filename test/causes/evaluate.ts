/** How often causes are named right, over the signatures of the known receivers. */
import type { Cause } from '../../contracts/causes/cause.js';
import { matchCauses } from '../../contracts/causes/match.js';
import type { Known, Outcome } from '../../contracts/causes/known.js';
import type { Signature } from '../../contracts/causes/signature.js';
import { contractCases } from '../../contracts/index.js';

export interface Figure {
  readonly right: number;
  readonly of: number;
  /** What was named in place of what, for each wrong one. */
  readonly wrong: readonly string[];
}

const share = (trials: readonly { readonly wrong?: string }[]): Figure => ({
  right: trials.filter(({ wrong }) => wrong === undefined).length,
  of: trials.length,
  wrong: trials.flatMap(({ wrong }) => wrong ?? []),
});

export const families = new Map(contractCases.map(({ id, family }) => [id, family]));

const namedIn = (
  { failed, judged, symptoms }: Pick<Signature, 'failed' | 'judged' | 'symptoms'>,
  known: Known,
): readonly string[] => {
  const outcome: Outcome = {
    failed,
    judged,
    symptomOf: (id) => symptoms.get(id),
    familyOf: (id) => families.get(id),
  };
  return matchCauses(outcome, known).causes.map(({ cause }) => cause.slug);
};

const trial = (what: string, wanted: readonly string[], named: readonly string[]) =>
  wanted.toSorted().join() === named.toSorted().join()
    ? {}
    : { wrong: `${what}: ${named.join(', ') || 'nothing'} IPO ${wanted.join(', ')}` };

const causeOf = ({ causes }: Known, { mutant }: Signature): Cause | undefined =>
  causes.find(({ mutants }) => mutants.includes(mutant));

const telling = ({ signatures }: Known): readonly Signature[] =>
  signatures.filter(({ failed }) => failed.size > 0);

/** Each receiver against all signatures, its own among them: its cause, and no other. */
export const singles = (known: Known): Figure =>
  share(
    telling(known).map((one) =>
      trial(one.mutant, [causeOf(known, one)?.slug ?? '?'], namedIn(one, known)),
    ),
  );

/** Each receiver whose cause has others, against all signatures but its own. */
export const leftOut = (known: Known): Figure =>
  share(
    telling(known).flatMap((one) => {
      const signatures = known.signatures.filter((other) => other !== one);
      const cause = causeOf(known, one);
      const others = telling({ ...known, signatures }).filter(({ mutant }) =>
        cause?.mutants.includes(mutant),
      );
      if (cause === undefined || others.length === 0) return [];
      return [trial(one.mutant, [cause.slug], namedIn(one, { ...known, signatures }).slice(0, 1))];
    }),
  );

const union = <Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): ReadonlySet<Value> =>
  new Set([...one, ...other]);

/** Two receivers in one: both causes, and no other. */
export const pairs = (known: Known, chosen: readonly Signature[] = telling(known)): Figure =>
  share(
    chosen.flatMap((one, index) =>
      chosen.slice(index + 1).map((other) => {
        const slugs = [one, other].map((each) => causeOf(known, each)?.slug ?? '?');
        const outcome = {
          failed: union(one.failed, other.failed),
          judged: union(one.judged, other.judged),
          symptoms: new Map([...other.symptoms, ...one.symptoms]),
        };
        return trial(
          `${one.mutant} + ${other.mutant}`,
          [...new Set(slugs)],
          namedIn(outcome, known),
        );
      }),
    ),
  );
