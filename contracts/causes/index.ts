/** Root causes: loaded only when there is something to explain. */
import type { Cause } from './cause.js';
import type { Outcome } from './known.js';
import type { Matches } from './match.js';
import type { Snippets } from './snippets/snippet.js';

export type { Cause } from './cause.js';
export type { CauseMatch, Matches } from './match.js';
export type { Outcome } from './known.js';

/** What names causes, and shows how to mend them. */
export interface CauseBook {
  readonly match: (outcome: Outcome) => Matches;
  readonly snippetsOf: (cause: Cause) => Snippets;
  /** Undefined where no code helps with a family of cases. */
  readonly snippetsOfFamily: (family: string) => Snippets | undefined;
}

/** Reads everything that is known of causes; some 100 kB. */
export const loadCauses = async (): Promise<CauseBook> => {
  const [{ causes }, { familyTopics }, { matchCauses }, { decodeSignatures }, data, topics] =
    await Promise.all([
      import('./causes.js'),
      import('./family-topics.js'),
      import('./match.js'),
      import('./signature.js'),
      import('./signatures.js'),
      import('./snippets/topics.js'),
    ]);
  const known = { causes, signatures: decodeSignatures(data.signatureData) };
  return {
    match: (outcome) => matchCauses(outcome, known),
    snippetsOf: ({ topic }) => topics.snippetsByTopic[topic],
    snippetsOfFamily: (family) => {
      const topic = familyTopics[family];
      return topic === undefined ? undefined : topics.snippetsByTopic[topic];
    },
  };
};
