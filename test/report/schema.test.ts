import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import type {
  AttemptResult,
  CaseResult,
  Expectation,
  Finding,
  RecordedBody,
  RunResult,
  Transcript,
} from '../../contracts/index.js';
import { jsonReporter } from '../../contracts/report/json.js';
import { results } from './results.js';

interface ObjectSchema {
  readonly description: string;
  readonly properties: Readonly<Record<string, { readonly description?: string }>>;
}

const schema = JSON.parse(
  readFileSync(new URL('../../contracts/report/report.schema.json', import.meta.url), 'utf8'),
) as ObjectSchema & { readonly $defs: Readonly<Record<string, ObjectSchema>> };

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
formats.default(ajv);
const validate = ajv.compile<RunResult>(schema);

/** The compiler sees to it that a table names every property of its type. */
type Table<Type> = Readonly<Record<keyof Required<Type>, true>>;

const result: Table<RunResult> = {
  ...{ schemaVersion: true, tool: true, seed: true, target: true, startedAt: true },
  ...{ durationMs: true, strict: true, policy: true, receiver: true, problem: true },
  ...{ summary: true, findings: true, cases: true },
};
const oneCase: Table<CaseResult> = {
  ...{ id: true, catalogue: true, suite: true, family: true, level: true, severity: true },
  ...{ verdict: true, title: true, rule: true, source: true, needs: true, missing: true },
  ...{ expectation: true, expected: true, actual: true, symptom: true },
  ...{ why: true, fix: true, reproduce: true, durationMs: true, attempts: true },
};
const attempt: Table<AttemptResult> = {
  ...{ label: true, intent: true, atMs: true, events: true, status: true, failure: true },
  ...{ latencyMs: true, effects: true, bodyBytes: true, bodyDigest: true, transcript: true },
};
const finding: Table<Finding> = {
  ...{ cause: true, title: true, level: true, severity: true, why: true, fix: true },
  ...{ snippets: true, cases: true },
};
const expectation: Table<Expectation> = { reason: true, expires: true };
const transcript: Table<Transcript> = { request: true, response: true };
const request: Table<Transcript['request']> = {
  ...{ method: true, url: true, headers: true, body: true },
};
const response: Table<NonNullable<Transcript['response']>> = { headers: true, body: true };
const body: Table<RecordedBody> = { text: true, base64: true, ofBytes: true, withheld: true };
const receiver: Table<RunResult['receiver']> = {
  ...{ probe: true, keyField: true, settleMs: true, statusBlind: true, latestPerResource: true },
  ...{ contentType: true, language: true, provided: true, handled: true },
};
const summary: Table<RunResult['summary']> = {
  ...{ passed: true, failed: true, inconclusive: true, notObservable: true, skipped: true },
  ...{ expectedFailures: true, verdict: true },
};
const policy: Table<RunResult['policy']> = {
  ...{ attemptsMax: true, delaysMs: true, delayFrom: true, failureConditions: true },
  ...{ timeoutMs: true, redirectsMax: true, window: true, windowMs: true, threshold: true },
  ...{ attemptsMin: true, counted: true, resendsCounted: true, onDisable: true },
  ...{ onEnable: true, scope: true },
};
const problem: Table<NonNullable<RunResult['problem']>> = { message: true, remedy: true };

test.each(
  Object.entries({
    case: oneCase,
    attempt,
    expectation,
    transcript,
    request,
    response,
    body,
    finding,
    receiver,
    summary,
    policy,
    problem,
  }),
)('describes every property of a %s and no other', (name, table) => {
  expect(Object.keys(schema.$defs[name]?.properties ?? {})).toEqual(Object.keys(table));
});

test('describes every property of a result and no other', () => {
  expect(Object.keys(schema.properties)).toEqual(Object.keys(result));
});

test('has a description for each object and each property', () => {
  for (const { description, properties = {} } of [schema, ...Object.values(schema.$defs)]) {
    expect(description).toMatch(/\.$/u);
    for (const property of Object.values(properties)) expect(property.description).toMatch(/\.$/u);
  }
});

test.each(Object.entries<RunResult>(results))('accepts the %s run', (_name, one) => {
  validate(JSON.parse(JSON.stringify(one)));
  expect(validate.errors).toBeNull();
  validate(JSON.parse(jsonReporter.render(one, { color: false, columns: 80 })));
  expect(validate.errors).toBeNull();
});

/** Every object in a value, with the path to it. */
const objectsIn = (
  value: unknown,
  path: readonly string[] = [],
): readonly { readonly path: readonly string[]; readonly value: object }[] =>
  typeof value !== 'object' || value === null
    ? []
    : [
        ...(Array.isArray(value) ? [] : [{ path, value }]),
        ...Object.entries(value).flatMap(([key, inner]) => objectsIn(inner, [...path, key])),
      ];

type Node = Record<string, unknown>;

/** Whether a copy is accepted in which the object at the path was changed. */
const acceptsChanged = (
  value: RunResult,
  path: readonly string[],
  change: (node: Node) => void,
): boolean => {
  const copy = JSON.parse(JSON.stringify(value)) as Node;
  change(path.reduce((node, key) => node[key] as Node, copy));
  return validate(copy);
};

/** Holds every kind of object, and every property that may be absent. */
const full: RunResult = { ...results.failing, problem: results.stopped.problem };

describe('refuses a result', () => {
  const objects = objectsIn(full);
  const properties = objects.flatMap(({ path, value }) =>
    Object.keys(value).map((key) => ({ path, key })),
  );

  test('with any property left out that it cannot be without', () => {
    const bearable = properties.filter(({ path, key }) =>
      acceptsChanged(full, path, (node) => delete node[key]),
    );
    const optional = ['expectation', 'failure', 'missing', 'ofBytes', 'transcript', 'withheld'];
    const snippets = ['go', 'node', 'python'];
    expect([...new Set(bearable.map(({ key }) => key))].toSorted()).toEqual(
      [...optional, ...snippets].toSorted(),
    );
  });

  test('with any property put in', () => {
    const bearable = objects.filter(({ path }) =>
      acceptsChanged(full, path, (node) => (node['surprise'] = 1)),
    );
    expect(bearable).toEqual([]);
  });

  test('with a value of another type', () => {
    const bearable = properties.filter(({ path, key }) =>
      acceptsChanged(full, path, (node) => (node[key] = { surprise: 1 })),
    );
    expect(bearable).toEqual([]);
  });

  test.each([
    ['verdict', ['cases', '0']],
    ['level', ['cases', '0']],
    ['severity', ['cases', '0']],
    ['suite', ['cases', '0']],
    ['id', ['cases', '0']],
    ['bodyDigest', ['cases', '0', 'attempts', '0']],
    ['intent', ['cases', '0', 'attempts', '0']],
    ['withheld', ['cases', '0', 'attempts', '0', 'transcript', 'request', 'body']],
    ['missing', ['cases', '6']],
    ['expires', ['cases', '9', 'expectation']],
    ['language', ['receiver']],
    ['verdict', ['summary']],
    ['level', ['findings', '0']],
    ['severity', ['findings', '0']],
    ['name', ['tool']],
    ['startedAt', []],
    ['schemaVersion', []],
    ['delayFrom', ['policy']],
    ['window', ['policy']],
    ['counted', ['policy']],
    ['onDisable', ['policy']],
    ['onEnable', ['policy']],
    ['scope', ['policy']],
  ])('whose %s is an unknown word at %j', (key, path) => {
    expect(acceptsChanged(full, path, (node) => (node[key] = 'unheard of'))).toBe(false);
  });
});
