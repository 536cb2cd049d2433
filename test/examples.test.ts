/** Every folder under examples/ keeps the agreement that `npm run examples` relies on. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contractCases } from '../contracts/index.js';
import { causes } from '../contracts/causes/causes.js';

const FOLDER = join(import.meta.dirname, '../examples');
const examples = readdirSync(FOLDER);

const command = z.array(z.string().min(1)).min(1);
const manifest = z.strictObject({
  /** Commands that have to be on PATH. */
  needs: z.array(z.string().min(1)).min(1),
  /** Run once, before the tests. */
  prepare: command.optional(),
  test: command,
  defect: z.strictObject({
    name: z.string().regex(/^[a-z-]+$/),
    env: z.record(z.string(), z.string()),
    /** The cause or the case that the run with the defect has to name. */
    finding: z.string(),
    /** What else it has to say. */
    says: z.array(z.string()).optional(),
  }),
  /** Other packages that it is run with too, each time by itself. */
  alsoWith: z.array(command).optional(),
});

const findings: ReadonlySet<string> = new Set([
  ...causes.map(({ slug }) => slug),
  ...contractCases.map(({ id }) => id),
]);

const read = (...path: readonly string[]): string => readFileSync(join(FOLDER, ...path), 'utf8');
const manifestOf = (name: string) => manifest.parse(JSON.parse(read(name, 'example.json')));

/** The names of packages that the sources of an example import. */
const importsOf = (name: string): readonly string[] =>
  readdirSync(join(FOLDER, name), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.[jt]sx?$/.test(file) && !/node_modules|dist|\.next/.test(file))
    .flatMap((file) => [...read(name, file).matchAll(/\bfrom '([^'.][^']*)'/g)])
    .map(([, from = '']) => /^(?:@[^/]+\/)?[^/]+/.exec(from)?.[0] ?? '')
    .filter((from) => from !== '@' && !from.startsWith('node:'));

const packages = z.object({
  private: z.literal(true),
  dependencies: z.record(z.string(), z.string()),
  devDependencies: z.record(z.string(), z.string()),
});

describe.each(examples)('%s', (name) => {
  test('says how it is run, and what its defect is found by', () => {
    expect([...findings]).toContain(manifestOf(name).defect.finding);
  });

  test('tells a reader how to see it fail', () => {
    const { defect } = manifestOf(name);
    const [[variable, value] = []] = Object.entries(defect.env);
    expect(read(name, 'README.md')).toContain(`${variable}=${value}`);
    expect(read(name, 'README.md')).toMatch(/^# .+\n\n.+/);
    expect(value).toBe(defect.name);
  });

  test.runIf(existsSync(join(FOLDER, name, 'package.json')))('lists what it imports', () => {
    const own = packages.parse(JSON.parse(read(name, 'package.json')));
    expect(own.devDependencies['hookproof']).toBe('^0.1.0');
    const listed = { ...own.dependencies, ...own.devDependencies };
    for (const one of importsOf(name)) expect(Object.keys(listed)).toContain(one);
  });
});

test('no two show the same defect, but for the one that shows vitest', () => {
  const names = examples
    .filter((name) => name !== 'vitest')
    .map((name) => manifestOf(name).defect.name);
  expect(new Set(names).size).toBe(names.length);
});
