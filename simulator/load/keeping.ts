/**
 * How many answers the receiver gives on a connection. Most say so (`Connection: close`); some close it
 * without a word, and what was sent there in the meantime was, as far as one can know, never seen.
 */

export interface Keeping {
  /** Requests that may be sent on one connection. */
  readonly most: () => number;
  /** One was closed without a word after so many answers, and something was on its way. */
  readonly closedAfter: (answers: number) => void;
}

export const createKeeping = (): Keeping => {
  let most = Number.POSITIVE_INFINITY;
  return {
    most: () => most,
    closedAfter: (answers) => {
      most = Math.min(most, answers);
    },
  };
};
