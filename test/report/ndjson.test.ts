import { expect, test } from 'vitest';
import {
  attemptLine,
  closingLines,
  ndjsonReporter,
  runLine,
} from '../../contracts/report/ndjson.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

type Line = { readonly type: string } & Readonly<Record<string, unknown>>;

const render = (result: RunResult): string =>
  ndjsonReporter.render(result, { color: false, columns: 80 });

const read = (text: string): readonly Line[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);

test.each(Object.entries<RunResult>(results))('tells the %s run from head to sum', (_, result) => {
  const counts = { run: 1, attempt: 0, case: result.cases.length, finding: 0, summary: 1 };
  counts.attempt = result.cases.flatMap(({ attempts }) => attempts).length;
  counts.finding = result.findings.length;
  const types = Object.entries(counts).flatMap(([type, count]) => Array<string>(count).fill(type));
  expect(read(render(result)).map(({ type }) => type)).toEqual(types);
});

test('the run line says which run it is, and nothing of what it found', () => {
  const [line] = read(runLine(results.failing));
  const { schemaVersion, tool, seed, target, startedAt, policy } = results.failing;
  expect(line).toEqual({ type: 'run', schemaVersion, tool, seed, target, startedAt, policy });
});

test('an attempt names its case, and leaves out what is not known yet', () => {
  const line = read(render(results.failing)).find(({ label }) => label === 'copy 2');
  expect(line).toEqual({
    type: 'attempt',
    case: 'idempotency/identical-copy',
    label: 'copy 2',
    intent: 'genuine',
    atMs: 131.2,
    events: ['HKE0001'],
    status: null,
    failure: 'reset',
    latencyMs: 4.2,
    bodyBytes: 712,
    bodyDigest: expect.any(String),
  });
});

test('a case has its verdict and its effects, and no transcript', () => {
  const text = closingLines(results.failing);
  const line = read(text).find(({ id }) => id === 'verification/alg-none');
  expect(line).toMatchObject({ type: 'case', verdict: 'failed', attempts: [{ effects: 1 }] });
  expect(text).not.toContain('transcript');
  expect(text).not.toContain('eyJ');
});

test('the last line has the summary, the problem and the receiver', () => {
  const { summary, problem, receiver } = results.stopped;
  expect(read(closingLines(results.stopped)).at(-1)).toMatchObject({
    type: 'summary',
    ...summary,
    problem,
    receiver,
  });
});

test('the lines of a run that goes on are those of the whole', () => {
  const { cases } = results.failing;
  const streamed = cases.flatMap(({ id, attempts }) =>
    attempts.map(({ effects: _effects, transcript: _transcript, ...attempt }) =>
      attemptLine({ caseId: id, attempt }),
    ),
  );
  expect([runLine(results.failing), ...streamed, closingLines(results.failing)].join('')).toBe(
    render(results.failing),
  );
});
