/** Everything that people read has Spanish words, and nothing else has. */
import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../cli/tree.js';
import { catalogueTexts } from './catalogue.js';
import { saidInHelp } from './help.js';
import { saidIn, sources, unsaidIn } from './sources.js';
import { apart } from './apart.js';
import { words } from './words.js';

const entriesIn = (folder: string): readonly (readonly [english: string, spanish: string])[] => {
  const url = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(url).flatMap((name) =>
    Object.entries(JSON.parse(readFileSync(new URL(name, url), 'utf8')) as Record<string, string>),
  );
};

const files = sources();
const said = files.flatMap(({ text }) => saidIn(text));
const help = saidInHelp(createProgram(() => undefined, '0.0.0'));
const own = entriesIn('language/spanish');
const catalogue = entriesIn('contracts/spanish');
const all = [...own, ...catalogue];
const known = new Set(all.map(([english]) => english));

/** `{0}` and `{eventId}` stand in both texts alike, in any order. */
const placesIn = (text: string): readonly string[] =>
  [...new Set(text.match(/\{\w+\}/g))].toSorted();

describe('Spanish', () => {
  test('reads as many texts as there are', () => {
    expect(said.length).toBeGreaterThan(900);
    expect(help.length).toBeGreaterThan(200);
  });

  test('has words for all that the command line and the reports say', () => {
    expect([...new Set([...said, ...help, ...words])].filter((text) => !known.has(text))).toEqual(
      [],
    );
  });

  test('has words for all that the catalogue says', async () => {
    expect([...(await catalogueTexts())].filter((text) => !known.has(text))).toEqual([]);
  });

  test('has no words for what nobody says', async () => {
    const needed = new Set([...said, ...help, ...words]);
    expect(own.map(([english]) => english).filter((text) => !needed.has(text))).toEqual([]);
    const texts = await catalogueTexts();
    expect(catalogue.map(([english]) => english).filter((text) => !texts.has(text))).toEqual([]);
  });

  test('says each text in one way', () => {
    const ways = new Map<string, Set<string>>();
    for (const [english, spanish] of all) {
      ways.set(english, (ways.get(english) ?? new Set()).add(spanish));
    }
    expect([...ways].filter(([, spanish]) => spanish.size > 1)).toEqual([]);
  });

  test('keeps values, and leaves nothing empty', () => {
    const broken = all.filter(
      ([english, spanish]) =>
        spanish.trim() === '' || placesIn(english).join() !== placesIn(spanish).join(),
    );
    expect(broken).toEqual([]);
  });
});

test('no sentence is said in English only, but in the files that stand apart', async () => {
  const elsewhere = [...(await catalogueTexts()), ...help, ...words];
  const found = files
    .filter(({ file }) => !apart.some(([pattern]) => pattern.test(file)))
    .filter(({ text }) =>
      unsaidIn(text).some((one) => !elsewhere.some((whole) => whole.includes(one))),
    )
    .map(({ file }) => file);
  expect(found).toEqual([]);
});

test('what is said to stand apart is there', () => {
  for (const [pattern] of apart) expect(files.some(({ file }) => pattern.test(file))).toBe(true);
});

describe('the reader of texts', () => {
  const from = "import { later, plural, say } from '../language/say.js';\n";

  test('finds what is said, with places for values', () => {
    const source = `${from}say\`\${a} of \${b}\`; later('none'); plural(n, 'case');`;
    expect(saidIn(source)).toEqual(['{0} of {1}', 'none', '{0} case', '{0} cases']);
  });

  test('refuses a text that is not written out', () => {
    expect(() => saidIn(`${from}later(text);`)).toThrow('written out');
    expect(() => saidIn(`${from}plural(2, noun);`)).toThrow('written out');
  });

  test('finds a sentence that nobody marked, and no word, title or source', () => {
    expect(unsaidIn("const a = 'nobody listens there';")).toEqual(['nobody listens there']);
    expect(unsaidIn(`${from}say\`nobody listens there\`;`)).toEqual([]);
    expect(unsaidIn("const a = { title: 'nobody listens there', b: 'refused' };")).toEqual([]);
  });
});
