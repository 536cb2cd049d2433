/** What a cause makes of each case: how likely it fails. */
import type { Cause } from './cause.js';
import type { Known, Outcome } from './known.js';
import type { Signature } from './signature.js';
import { isAnswer } from './symptom.js';

export interface Component {
  readonly cause: Cause;
  /** How likely each of the outcome's cases fails, in their order. */
  readonly odds: readonly number[];
  /** The share of the known failures that the outcome's cases could show, from 0 to 1. */
  readonly coverage: number;
  /** How alike the sets of cases are that could be judged then and now, from 0 to 1. */
  readonly likeness: number;
}

/** A case that failed against a known receiver fails again, but for races and other designs. */
const AGAIN = 0.97;
/** A case that was not judged then. */
const UNKNOWN = 0.001;
/**
 * How much less likely a case fails for a cause under which it fails in another way: with other effects
 * or at another time, which leaves it unexplained, or with another kind of answer.
 */
const OTHER_EFFECTS = 0.015;
const OTHER_ANSWER = 0.3;
/** How many receivers a family's average counts for beside the known ones. */
const FAMILY_WEIGHT = 1;
const MOST = 0.95;
/** A cause is out of the question where its known receivers failed mostly what passed here. */
const LEAST_SHARED = 0.4;

/** One for each known receiver, and for each cause one of what its receivers have in common. */
export const componentsOf = (
  ids: readonly string[],
  outcome: Outcome,
  { causes, signatures }: Known,
): readonly Component[] => {
  const { failed, familyOf } = outcome;
  const families = new Set([...failed].map(familyOf));
  const isNear = ({ failed: theirs }: Signature): boolean =>
    [...theirs].some((id) => failed.has(id));
  const isRelated = ({ failed: theirs }: Signature): boolean =>
    [...theirs].some((id) => families.has(familyOf(id)));
  const asked = new Set(ids);
  const isRefuted = ({ failed: theirs }: Signature): boolean => {
    const shown = [...theirs].filter((id) => asked.has(id));
    const shared = shown.filter((id) => failed.has(id)).length;
    return shared > 0 && shared / shown.length < LEAST_SHARED;
  };
  return causes.flatMap((cause) => {
    const members = signatures.filter(
      (one) => cause.mutants.includes(one.mutant) && one.failed.size > 0,
    );
    if (!members.some(isRelated) || members.every(isRefuted)) return [];
    const ofMembers = members.map((member) => ({
      cause,
      member,
      odds: ids.map((id) => alone(member, id, outcome)),
      coverage: coverageOf(member, asked),
      likeness: likenessOf(member, asked),
    }));
    return [
      ...ofMembers.filter(({ member }) => isNear(member)),
      {
        cause,
        odds: pooled(members, ids, outcome),
        coverage: Math.max(...ofMembers.map(({ coverage }) => coverage)),
        likeness: Math.max(...ofMembers.map(({ likeness }) => likeness)),
      },
    ];
  });
};

const coverageOf = ({ failed }: Signature, asked: ReadonlySet<string>): number =>
  [...failed].filter((id) => asked.has(id)).length / failed.size;

const likenessOf = ({ judged }: Signature, asked: ReadonlySet<string>): number => {
  const both = [...judged].filter((id) => asked.has(id)).length;
  return both / (judged.size + asked.size - both);
};

/** How much of a failure of theirs speaks for one of ours: less where they failed in another way. */
const alike = ({ symptoms }: Signature, id: string, { symptomOf }: Outcome): number => {
  const theirs = symptoms.get(id);
  const ours = symptomOf(id);
  if (theirs === undefined || ours === undefined || theirs === ours) return 1;
  return isAnswer(theirs) && isAnswer(ours) ? OTHER_ANSWER : OTHER_EFFECTS;
};

const alone = (member: Signature, id: string, outcome: Outcome): number => {
  const { failed, wavering, judged } = member;
  if (failed.has(id)) return AGAIN * alike(member, id, outcome);
  if (wavering.has(id)) return 0.5;
  return judged.has(id) ? 0 : UNKNOWN;
};

const pooled = (
  members: readonly Signature[],
  ids: readonly string[],
  outcome: Outcome,
): readonly number[] => {
  const { familyOf, symptomOf } = outcome;
  const showsByAnswer = (id: string): boolean => {
    const symptom = symptomOf(id);
    return symptom !== undefined && isAnswer(symptom);
  };
  const ofAll = familyAverages(members, ids, familyOf, failsIt);
  // What shows by an answer here is not spoken for by effects elsewhere in its family.
  const ofAnswers = ids.some(showsByAnswer)
    ? familyAverages(members, ids, familyOf, failsByAnswer)
    : ofAll;
  return ids.map((id) => {
    const of = members.filter(({ judged }) => judged.has(id));
    const failing = of.filter(({ failed }) => failed.has(id));
    const weight = failing.reduce((sum, member) => sum + alike(member, id, outcome), 0);
    // What is known to fail in another way is not guessed from its family.
    const share = failing.length === 0 ? 1 : weight / failing.length;
    const averages = showsByAnswer(id) ? ofAnswers : ofAll;
    const average = share * (averages.get(familyOf(id)) ?? UNKNOWN);
    return Math.min(MOST, (weight + FAMILY_WEIGHT * average) / (of.length + FAMILY_WEIGHT));
  });
};

/** Whether it fails the case by an answer. */
const failsByAnswer = ({ failed, symptoms }: Signature, id: string): boolean => {
  const symptom = symptoms.get(id);
  return failed.has(id) && (symptom === undefined || isAnswer(symptom));
};

const failsIt = ({ failed }: Signature, id: string): boolean => failed.has(id);

/** Which share of a family's cases fails, on the average of the receivers. */
const familyAverages = (
  members: readonly Signature[],
  ids: readonly string[],
  familyOf: Outcome['familyOf'],
  fails: (member: Signature, id: string) => boolean,
): ReadonlyMap<string | undefined, number> => {
  const shares = new Map<string | undefined, number[]>();
  for (const member of members) {
    const counts = new Map<string | undefined, { failed: number; judged: number }>();
    for (const id of ids) {
      if (!member.judged.has(id)) continue;
      const family = familyOf(id);
      const count = counts.get(family) ?? { failed: 0, judged: 0 };
      count.judged++;
      if (fails(member, id)) count.failed++;
      counts.set(family, count);
    }
    for (const [family, count] of counts) {
      shares.set(family, [...(shares.get(family) ?? []), count.failed / count.judged]);
    }
  }
  return new Map(
    [...shares].map(([family, of]) => [family, of.reduce((sum, one) => sum + one, 0) / of.length]),
  );
};
