import { expect, test } from 'vitest';
import { jsonReporter } from '../../contracts/report/json.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

const parsed = (result: RunResult): RunResult =>
  JSON.parse(jsonReporter.render(result, { color: false, columns: 80 })) as RunResult;

test('keeps what went over the wire only where there is something to look into', () => {
  const { cases } = parsed(results.failing);
  const recorded = cases.filter(({ attempts }) => attempts.some((one) => 'transcript' in one));
  const failed = results.failing.cases.filter(({ verdict }) => verdict === 'failed');
  expect(recorded.map(({ id }) => id)).toEqual(failed.map(({ id }) => id));
});

test('keeps the transcripts of a case that is inconclusive', () => {
  const attempts = results.failing.cases.flatMap((one) => one.attempts).slice(0, 1);
  const cases = results.inconclusive.cases.map((one) => ({ ...one, attempts }));
  const run: RunResult = {
    ...results.inconclusive,
    cases: cases.filter(({ verdict }) => verdict === 'inconclusive'),
  };
  expect(parsed(run)).toEqual(run);
});
