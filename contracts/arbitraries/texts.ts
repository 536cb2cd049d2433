/** Texts as payloads hold them: names with letters of many scripts, and dates at edges. */
import fc from 'fast-check';

/** What breaks byte counts, escapes, encodings and templates; the plainest first. */
const NAMES = [
  'a',
  'José Ñandú',
  'O’Higgins',
  'Nuñez "Pepe" \\ Ruiz',
  '日本 🎉',
  '</script>',
  '\u0000',
  '__proto__',
];

/** Texts of at least so many UTF-16 code units. */
export const texts = (minLength: number): fc.Arbitrary<string> =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...NAMES.filter(({ length }) => length >= minLength)), weight: 2 },
    { arbitrary: fc.string({ unit: 'grapheme', minLength, maxLength: minLength + 12 }), weight: 3 },
  );

const DAY_MS = 86_400_000;

/** Instants that calendars and clocks get wrong: ends of days, months and years, and 2038. */
const EDGES = [
  '2026-01-01T00:00:00.000Z',
  '2025-12-31T23:59:59.999Z',
  '2024-02-29T12:00:00.000Z',
  '2026-06-30T23:59:59.999Z',
  '2038-01-19T03:14:08.000Z',
].map((text) => Date.parse(text));

const [NEWEST_MS = 0] = EDGES;

const instants: fc.Arbitrary<number> = fc.oneof(
  { arbitrary: fc.constantFrom(...EDGES), weight: 1 },
  {
    arbitrary: fc.integer({ min: 0, max: 3000 * DAY_MS }).map((ago) => NEWEST_MS - ago),
    weight: 3,
  },
);

const FORMATS: readonly ((text: string) => string)[] = [
  (text) => `${text.slice(0, 19)}Z`,
  (text) => `${text.slice(0, 23)}000000Z`,
  (text) => text.slice(0, 10),
];

/** Dates in the format that a pattern describes; undefined where it describes none. */
export const dateTexts = (pattern: RegExp): fc.Arbitrary<string> | undefined => {
  const format = FORMATS.find((one) => pattern.test(one('2026-01-02T03:04:05.678Z')));
  return (
    format &&
    instants.map((ms) => format(new Date(ms).toISOString())).filter((text) => pattern.test(text))
  );
};

const HEX = fc.constantFrom(...Array.from('0123456789abcdef'));

/** A prefix and hexadecimal characters, where a pattern describes that; they shrink to zeros. */
export const identifiers = (pattern: RegExp): fc.Arbitrary<string> | undefined => {
  const parts = /^\^(?<prefix>[A-Z]+)\[0-9a-f\]\{(?<length>\d+)\}\$$/u.exec(pattern.source)?.groups;
  if (parts === undefined) return undefined;
  const length = Number(parts['length']);
  return fc
    .string({ unit: HEX, minLength: length, maxLength: length })
    .map((text) => `${parts['prefix'] ?? ''}${text}`);
};
