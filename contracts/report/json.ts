import type { RunResult } from '../runner/result.js';
import type { Reporter } from './report.js';

/**
 * The result as it is. `report.schema.json` describes it. What passed is told without its
 * transcripts: they are many, and the HAR has them.
 */
export const jsonReporter: Reporter = {
  format: 'json',
  render: (result) => `${JSON.stringify(withoutIdleTranscripts(result), null, 2)}\n`,
};

const withoutIdleTranscripts = (result: RunResult) => ({
  ...result,
  cases: result.cases.map((one) =>
    one.verdict === 'failed' || one.verdict === 'inconclusive'
      ? one
      : {
          ...one,
          attempts: one.attempts.map(({ transcript: _transcript, ...attempt }) => attempt),
        },
  ),
});
