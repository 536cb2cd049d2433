/** Values that fit a zod schema: the mapping covers the kinds of schema that the catalogue uses. */
import fc from 'fast-check';
import { HookproofError } from '../../simulator/index.js';
import { dateTexts, identifiers, texts } from './texts.js';

/** A zod schema, as far as its definition tells what fits it; the mapping needs no zod. */
export interface Schema {
  readonly _zod: { readonly def: object };
}

interface Definition {
  readonly type: string;
  readonly checks?: readonly Schema[];
  readonly check?: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly inclusive?: boolean;
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly values?: readonly unknown[];
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly shape?: Readonly<Record<string, Schema>>;
}

const definitionOf = ({ _zod }: Schema): Definition => _zod.def as Definition;

/** A schema's own constraint, if it has one, and those added to it. */
const checksOf = (definition: Definition): readonly Definition[] => [
  ...(definition.check === undefined ? [] : [definition]),
  ...(definition.checks ?? []).map(definitionOf),
];

/**
 * Values that the schema accepts; they shrink towards the shortest text, the number nearest zero
 * and the first word of an enumeration.
 *
 * @throws {HookproofError} `invalid_argument` for a kind of schema that the catalogue does not use.
 */
export const fromSchema = (schema: Schema): fc.Arbitrary<unknown> => {
  const definition = definitionOf(schema);
  const make = kinds[definition.type];
  if (make === undefined) throw unknownSchema(definition.type);
  return make(definition);
};

const stringOf = (definition: Definition): fc.Arbitrary<string> => {
  let minLength = 0;
  let pattern: RegExp | undefined;
  for (const { check, format, pattern: given, minimum } of checksOf(definition)) {
    if (check === 'min_length') minLength = Math.max(minLength, minimum ?? 0);
    else if (format === 'email') return emails;
    else if (format === 'ipv4') return fc.ipV4();
    else if (given === undefined) throw unknownSchema(`string with ${check ?? 'a check'}`);
    else pattern = given;
  }
  if (pattern === undefined) return texts(minLength);
  return dateTexts(pattern) ?? identifiers(pattern) ?? fc.stringMatching(pattern);
};

/** Shares and scores come with two decimals, as they are sent. */
const HUNDREDTHS = 100;

const numberOf = (definition: Definition): fc.Arbitrary<number> => {
  let [min, max, isWhole] = [-1000, 1_000_000, false];
  for (const { check, format, value = 0, inclusive = true } of checksOf(definition)) {
    const step = inclusive ? 0 : 1;
    if (check === 'greater_than') min = Math.max(min, value + step);
    else if (check === 'less_than') max = Math.min(max, value - step);
    else if (check === 'number_format' && format === 'safeint') isWhole = true;
    else throw unknownSchema(`number with ${check ?? 'a check'}`);
  }
  return isWhole
    ? fc.integer({ min, max })
    : fc.integer({ min: min * HUNDREDTHS, max: max * HUNDREDTHS }).map((one) => one / HUNDREDTHS);
};

const objectOf = ({ shape = {} }: Definition): fc.Arbitrary<unknown> => {
  const fields = Object.entries(shape);
  const isRequired = ([, field]: readonly [string, Schema]): boolean =>
    definitionOf(field).type !== 'optional';
  return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, fromSchema(field)])), {
    requiredKeys: fields.filter(isRequired).map(([name]) => name),
  });
};

const MOST_ELEMENTS = 3;

const arrayOf = (definition: Definition): fc.Arbitrary<unknown> => {
  const minLength = checksOf(definition).reduce(
    (most, { minimum = 0 }) => Math.max(most, minimum),
    0,
  );
  return fc.array(inner(definition.element), {
    minLength,
    maxLength: Math.max(minLength, MOST_ELEMENTS),
  });
};

const inner = (schema: Schema | undefined): fc.Arbitrary<unknown> => {
  if (schema === undefined) throw unknownSchema('schema without its inner one');
  return fromSchema(schema);
};

const emails = fc
  .stringMatching(/^[a-z]{1,8}(?:\.[a-z]{1,8})?$/)
  .map((name) => `${name}@example.com`);

const kinds: Readonly<Record<string, (definition: Definition) => fc.Arbitrary<unknown>>> = {
  string: stringOf,
  number: numberOf,
  object: objectOf,
  array: arrayOf,
  boolean: () => fc.boolean(),
  literal: ({ values = [] }) => fc.constantFrom(...values),
  enum: ({ entries = {} }) => fc.constantFrom(...Object.values(entries)),
  optional: ({ innerType }) => inner(innerType),
  nullable: ({ innerType }) => fc.option(inner(innerType), { nil: null }),
  union: ({ options = [] }) => fc.oneof(...options.map(fromSchema)),
};

const unknownSchema = (what: string): HookproofError =>
  new HookproofError(
    'invalid_argument',
    `no arbitrary is known for a zod ${what}`,
    'write the arbitrary by hand, with fc.record or fc.constantFrom',
  );
