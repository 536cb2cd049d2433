import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import { sarifReporter } from '../../contracts/report/sarif.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

interface Rule {
  readonly id: string;
  readonly help: { readonly text: string; readonly markdown: string };
  readonly properties: Readonly<Record<string, unknown>>;
}

interface Finding extends Readonly<Record<string, unknown>> {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly partialFingerprints: object;
}

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly Rule[] } };
      readonly invocations: readonly [Readonly<Record<string, unknown>>];
      readonly results: readonly Finding[];
    },
  ];
}

/** A draft-04 schema; nothing in it but `id`, and the syntax of a pattern, means less or more today. */
const { $schema: _draft, id: _id, ...schema } = sarifSchema;
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats.default(ajv);
const validate = ajv.compile(schema);

const logOf = (result: RunResult): Log =>
  JSON.parse(sarifReporter.render(result, { color: false, columns: 80 })) as Log;

const runOf = (result: RunResult): Log['runs'][0] => logOf(result).runs[0];

const found = (result: RunResult, id: string): Finding | undefined =>
  runOf(result).results.find(({ ruleId }) => ruleId === id);

test.each(Object.entries<RunResult>(results))('the %s run is valid SARIF 2.1.0', (_, result) => {
  validate(logOf(result));
  expect(validate.errors).toBeNull();
});

test('the schema refuses a result without a message', () => {
  const log = logOf(results.failing);
  const [run] = log.runs;
  const silent = run.results.map(({ message: _message, ...result }) => result);
  expect(validate({ ...log, runs: [{ ...run, results: silent }] })).toBe(false);
});

test('every case is a rule, and every failed one a result of its rule', () => {
  const { tool, results: said } = runOf(results.failing);
  const { cases } = results.failing;
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
  const failed = cases.filter(({ verdict }) => verdict === 'failed');
  expect(said.map(({ ruleId }) => ruleId)).toEqual(failed.map(({ id }) => id));
  for (const { ruleId, ruleIndex } of said) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
});

test('a rule says why, how to mend it, and where it comes from', () => {
  const rules = runOf(results.failing).tool.driver.rules;
  const rule = rules.find(({ id }) => id === 'verification/alg-none');
  expect(rule).toMatchObject({
    name: 'VerificationAlgNone',
    shortDescription: { text: 'refuses a token with alg "none"' },
    fullDescription: { text: 'A delivery is one compact JWT.' },
    defaultConfiguration: { level: 'error' },
    properties: {
      catalogue: 'V001',
      source: 'RFC 7515 §7.1',
      severity: 'critical',
      'security-severity': '9.5',
      tags: ['verification', 'security'],
    },
  });
  expect(rule?.help.text).toMatch(/^Rule: .*\nWhy: .*\nFix: .*$/u);
  expect(rule?.help.markdown).toContain('**Fix:** Verify the token');
  expect(rule?.help.markdown).toContain('```python\njwt.decode(');
});

test('only what concerns security has a security severity', () => {
  const rules = runOf(results.failing).tool.driver.rules;
  const rated = rules.filter(({ properties }) => 'security-severity' in properties);
  const unsigned = results.failing.cases.filter(({ family }) => family === 'alg-none');
  expect(rated.map(({ id }) => id)).toEqual(unsigned.map(({ id }) => id));
});

test.each([
  ['idempotency/identical-copy', 'error'],
  ['response/refuses-with-4xx', 'warning'],
  ['transport/other-path', 'note'],
])('%s is a result of level %s', (id, level) => {
  expect(found(results.failing, id)).toMatchObject({ level });
});

test('an expected failure is suppressed, and others are not', () => {
  expect(found(results.failing, 'transport/huge-body')).toMatchObject({
    suppressions: [
      {
        kind: 'external',
        status: 'accepted',
        justification: 'the new gateway cuts it, ticket #12 (until 2026-12-31)',
      },
    ],
  });
  expect(found(results.failing, 'verification/alg-none')).not.toHaveProperty('suppressions');
});

test.each([
  ['http://127.0.0.1:3000/webhooks/truora', 'webhooks/truora'],
  ['https://hooks.example.com/', 'receiver'],
  ['https://hooks.example.com//a:b/%C3%A9?key=1#x', 'a%3Ab/%C3%A9'],
  ['https://hooks.example.com/../é', '%C3%A9'],
])('the place of %s is the relative path %s', (target, uri) => {
  expect(found({ ...results.failing, target }, 'verification/alg-none')).toMatchObject({
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } }],
  });
});

test('a case keeps its fingerprint on another host, day and seed', () => {
  const other: RunResult = {
    ...results.failing,
    target: 'http://localhost:41234/webhooks/truora',
    startedAt: '2027-01-01T00:00:00.000Z',
    seed: 7,
  };
  const prints = (result: RunResult): readonly object[] =>
    runOf(result).results.map(({ partialFingerprints }) => partialFingerprints);
  expect(prints(other)).toEqual(prints(results.failing));
  expect(new Set(prints(other).map((one) => JSON.stringify(one))).size).toBe(prints(other).length);
});

test('a run says what it was, and why it was stopped', () => {
  expect(runOf(results.failing).invocations[0]).toEqual({
    executionSuccessful: true,
    startTimeUtc: '2026-01-02T03:04:05.678Z',
    endTimeUtc: '2026-01-02T03:04:11.110Z',
    properties: { seed: 42, target: results.failing.target, verdict: 'failed' },
  });
  expect(runOf(results.stopped).invocations[0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [
      { level: 'error', message: { text: expect.stringContaining('start the receiver') } },
    ],
  });
});
