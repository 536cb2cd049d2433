import { readFileSync, readdirSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { scenarioJsonSchema } from '../../simulator/virtual/scenario.js';
import { readScenario } from '../../simulator/virtual/read-scenario.js';

const here = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(here(path), 'utf8'));

const shipped = read('simulator/virtual/scenario.schema.json') as object;
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(shipped);
const files = readdirSync(here('fixtures/scenarios/')).toSorted();

test('the shipped schema is the one that scenarios are read by (npm run schemas)', () => {
  expect(shipped).toEqual(scenarioJsonSchema());
});

describe.each(files)('%s', (file) => {
  const scenario = read(`fixtures/scenarios/${file}`) as { readonly [field: string]: unknown };

  test('is valid by the schema, parameters and all', () => {
    validate(scenario);
    expect(validate.errors).toBeNull();
  });

  test('names the schema, itself and what it shows', async () => {
    expect(
      readFileSync(new URL(String(scenario['$schema']), here(`fixtures/scenarios/${file}`))),
    ).toBeTruthy();
    expect(`${String(scenario['name'])}.json`).toBe(file);
    expect(scenario['about']).toMatch(/^[A-Z].*\.$/);
    await readScenario(scenario);
  });
});

test.each([
  ['an unknown field', { traffic: [], x: 1 }],
  ['a kind of traffic that is none', { traffic: { kind: 'steady', rate: '1/min' } }],
  ['a rate without a unit', { traffic: { kind: 'constant', rate: '10' } }],
  ['a status that is none', { traffic: [], receiver: { kind: 'outage', answer: 99 } }],
])('the schema refuses %s, as reading does', async (_name, scenario) => {
  expect(validate(scenario)).toBe(false);
  await expect(readScenario(scenario)).rejects.toMatchObject({ code: 'invalid_scenario' });
});
