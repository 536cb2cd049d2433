import type { JSX } from 'preact';
import type { Problem } from '../api/problem.js';

/** What went wrong, and what to do about it. */
export const ProblemNote = ({
  problem,
}: {
  readonly problem: Problem | undefined;
}): JSX.Element | null =>
  problem === undefined ? null : (
    <div class="note bad" role="alert">
      <strong>{problem.message}</strong>
      {problem.remedy === '' ? null : <p>{problem.remedy}</p>}
    </div>
  );
