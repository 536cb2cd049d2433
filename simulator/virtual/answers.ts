/** The ways in which attempts end in a virtual run, each known by a small number. */
import { failedUnder, type Outcome } from '../core/outcome.js';
import type { DeliveryPolicy } from '../core/policy.js';

/** One way in which an attempt ends. */
export interface Answer {
  /**
   * `200`, `503`, `timeout`, `refused`, …; `late` for what was done, but not answered in time. It
   * tells answers apart.
   */
  readonly label: string;
  readonly outcome: Outcome;
  /** Whether the receiver has the event now, whatever it answered. */
  readonly processed: boolean;
  /** Whether the policy calls it a failed attempt. */
  readonly failed: boolean;
}

export interface AnswerBook {
  readonly answers: readonly Answer[];
  /** The number of an answer, which is entered if it is new. */
  readonly numberOf: (label: string, outcome: Outcome, processed: boolean) => number;
}

export const createAnswerBook = (policy: DeliveryPolicy): AnswerBook => {
  const answers: Answer[] = [];
  return {
    answers,
    numberOf: (label, outcome, processed) => {
      const known = answers.findIndex((one) => one.label === label);
      if (known !== -1) return known;
      const failed = failedUnder(policy, outcome) !== undefined;
      return answers.push({ label, outcome, processed, failed }) - 1;
    },
  };
};
