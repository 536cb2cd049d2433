import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const folder = new URL('../../simulator/catalog/', import.meta.url);
const files = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));

/** What a file loads at run time: `import type` is gone by then. */
const loads = (text: string): string[] =>
  [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'/gms)].map(
    ([, from = '']) => from,
  );

describe.each(files)('$name', ({ name, text }) => {
  test('loads only the core, its own folder, what says texts and, in schemas.ts, zod', () => {
    const allowed =
      name === 'schemas.ts'
        ? /^(zod|\.\/|\.\.\/core\/)/
        : /^(\.\/|\.\.\/core\/|\.\.\/\.\.\/language\/say)/;
    expect(loads(text).filter((from) => !allowed.test(from))).toEqual([]);
  });

  test('loads nothing late or for its side effects', () => {
    expect(text).not.toMatch(/\bimport\(|\brequire\(|^import '/m);
  });

  test('takes time and chance from its arguments', () => {
    expect(text).not.toMatch(/Math\.random|Date\.now|new Date\(\)|performance\.|crypto/);
  });

  test('does not load the schemas', () => {
    expect(loads(text)).not.toContain('./schemas.js');
  });
});
