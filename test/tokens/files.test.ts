/** The vectors as files: that they are what the cases send, and fit to be read by anybody. */
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { cases, captureAll } from '../verification/capture.js';
import { bodyOf, fileText, generateVectors } from './generate.js';
import { folder, readVectors, vectorFiles } from './read.js';

const generated = await generateVectors();

if (process.env['UPDATE_TOKENS'] === '1') {
  for (const name of vectorFiles()) rmSync(new URL(name, folder));
  for (const [name, file] of Object.entries(generated)) {
    writeFileSync(new URL(name, folder), fileText(file));
  }
}

const vectors = readVectors();

describe('the files', () => {
  test('are one for each family of cases', () => {
    expect(vectorFiles()).toEqual(Object.keys(generated).toSorted());
  });

  test.each(Object.entries(generated))(
    '%s is what the cases send (node scripts/tokens.mjs writes it)',
    (name, file) => {
      expect(readFileSync(new URL(name, folder), 'utf8')).toBe(fileText(file));
    },
  );

  test.each(Object.keys(generated))('%s keeps to the schema', (name) => {
    const validate = new Ajv2020({ strict: true, strictRequired: false }).compile(
      JSON.parse(readFileSync(new URL('vectors.schema.json', folder), 'utf8')) as object,
    );
    validate(JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
    expect(validate.errors ?? []).toEqual([]);
  });

  test('are less than 600 kB together', () => {
    const bytes = readdirSync(folder).map((name) => statSync(new URL(name, folder)).size);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(600_000);
  });
});

describe('the vectors', () => {
  test('have an id of their own each', () => {
    const ids = vectors.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('are there for every case that sends a body', () => {
    const shown = new Set(vectors.map((one) => one.case));
    // With a key of 64 bytes, one byte more is another key.
    const silent = ['verification/key-with-nul'];
    expect(cases.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual(silent);
  });

  test('are the bodies themselves, however they are written down', async () => {
    const sent = await captureAll({ pairNames: ['checks.created'] });
    const key = ({ id, label }: { readonly id: string; readonly label: string }) =>
      `${id}: ${label}`;
    const bodies = new Map(sent.map((one) => [key(one), one.body]));
    expect(vectors).toHaveLength(sent.length);
    for (const one of vectors) {
      const label = one.comment.slice(one.comment.indexOf(': ') + 2);
      expect(bodies.get(`${one.case}: ${label}`)?.equals(bodyOf(one))).toBe(true);
    }
  });
});
