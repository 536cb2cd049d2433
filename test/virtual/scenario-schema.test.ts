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

  test('is read alike where it is known to be right', async () => {
    expect(await readScenario(scenario, {}, true)).toEqual(await readScenario(scenario));
  });
});

const values = ['10/min', '0/min', '1/0min', '-2h', '2h', '40%', '2/5', '1.5', 'x', '', -1, 0, 7];

test.each(files)(
  'parameters of %s are refused alike where it is known to be right',
  async (file) => {
    const scenario = read(`fixtures/scenarios/${file}`) as { readonly parameters?: object };
    const outcomeOf = async (name: string, value: string | number, isKnown: boolean) =>
      readScenario(scenario, { [name]: value }, isKnown).catch((error: unknown) => error);
    for (const name of Object.keys(scenario.parameters ?? {})) {
      for (const value of values) {
        const outcome = await outcomeOf(name, value, true);
        expect(outcome, `${name} ${value}`).toEqual(await outcomeOf(name, value, false));
      }
    }
  },
);

test.each([
  ['an unknown field', { traffic: [], x: 1 }],
  ['a kind of traffic that is none', { traffic: { kind: 'steady', rate: '1/min' } }],
  ['a rate without a unit', { traffic: { kind: 'constant', rate: '10' } }],
  ['a status that is none', { traffic: [], receiver: { kind: 'outage', answer: 99 } }],
])('the schema refuses %s, as reading does', async (_name, scenario) => {
  expect(validate(scenario)).toBe(false);
  await expect(readScenario(scenario)).rejects.toMatchObject({ code: 'invalid_scenario' });
});
