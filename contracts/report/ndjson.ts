/** One JSON object a line, written while the run goes on (https://github.com/ndjson/ndjson-spec). */
import type { AttemptResult, RunResult } from '../runner/result.js';
import type { Reporter } from './report.js';

type Head = Pick<RunResult, 'schemaVersion' | 'tool' | 'seed' | 'target' | 'startedAt' | 'policy'>;

const line = (type: string, fields: object): string => `${JSON.stringify({ type, ...fields })}\n`;

/** The first line: which run this is. */
export const runLine = ({ schemaVersion, tool, seed, target, startedAt, policy }: Head): string =>
  line('run', { schemaVersion, tool, seed, target, startedAt, policy });

/** An attempt, as soon as it has ended: its effects are not counted yet. */
export const attemptLine = ({
  caseId,
  attempt,
}: {
  readonly caseId: string;
  readonly attempt: Omit<AttemptResult, 'effects' | 'transcript'>;
}): string => line('attempt', { case: caseId, ...attempt });

/** The lines after the last attempt: each case, each finding, and the summary. */
export const closingLines = (result: RunResult): string => {
  const { cases, findings, summary, problem, receiver, durationMs, strict } = result;
  return [
    ...cases.map((one) =>
      line('case', {
        ...one,
        attempts: one.attempts.map(({ transcript: _transcript, ...attempt }) => attempt),
      }),
    ),
    ...findings.map((finding) => line('finding', finding)),
    line('summary', { ...summary, problem, receiver, durationMs, strict }),
  ].join('');
};

export const ndjsonReporter: Reporter = {
  format: 'ndjson',
  render: (result) =>
    [
      runLine(result),
      ...result.cases.flatMap(({ id, attempts }) =>
        attempts.map(({ effects: _effects, transcript: _transcript, ...attempt }) =>
          attemptLine({ caseId: id, attempt }),
        ),
      ),
      closingLines(result),
    ].join(''),
};
