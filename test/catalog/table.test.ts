import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { pairs, products } from '../../simulator/catalog/index.js';

/** The documented table, the truth that code and fixtures are held against. */
interface Table {
  readonly products: readonly {
    readonly product: string;
    readonly slug: string;
    readonly event_type: string;
    readonly event_type_source: string;
    readonly actions: readonly string[];
  }[];
}

const root = new URL('../../fixtures/', import.meta.url);
const table = JSON.parse(await readFile(new URL('events.json', root), 'utf8')) as Table;
const tableNames = table.products.flatMap(({ slug, actions }) =>
  actions.map((action) => `${slug}.${action}`),
);
const codeNames = pairs.map(({ name }) => name);
const fixtureNames = readdirSync(new URL('events/', root), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.includes('.'))
  .map((path) => path.replace(/\.json$/, '').replaceAll(/[\\/]/g, '.'));

const differences = (expected: readonly string[], actual: readonly string[]) => ({
  missing: expected.filter((name) => !actual.includes(name)),
  extra: actual.filter((name) => !expected.includes(name)),
});

const none = { missing: [], extra: [] };

describe('the table of events', () => {
  test('has 16 products and 45 pairs, each once', () => {
    expect(table.products).toHaveLength(16);
    expect(new Set(tableNames).size).toBe(45);
    expect(tableNames).toHaveLength(45);
  });

  test('equals the products in code, in order', () => {
    const inCode = products.map((product) => ({
      product: product.title,
      slug: product.slug,
      event_type: product.eventType,
      event_type_source: product.eventTypeSource,
      actions: product.actions,
    }));
    expect(inCode).toEqual(table.products);
  });

  test('equals the pairs in code, in order', () => {
    expect(codeNames).toEqual(tableNames);
  });

  test('equals the files in fixtures/events, both ways', () => {
    expect(differences(tableNames, fixtureNames)).toEqual(none);
  });

  test.each([
    ['missing', tableNames.slice(1), { missing: ['checks.created'], extra: [] }],
    ['extra', [...tableNames, 'checks.paused'], { missing: [], extra: ['checks.paused'] }],
    [
      'renamed',
      tableNames.map((name) => (name === 'checks.created' ? 'checks.made' : name)),
      { missing: ['checks.created'], extra: ['checks.made'] },
    ],
  ])('notices a name that is %s', (_what, names, expected) => {
    expect(differences(tableNames, names)).toEqual(expected);
  });
});
