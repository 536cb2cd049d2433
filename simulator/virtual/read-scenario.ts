/** From what somebody wrote to a scenario that can be played: parameters filled in, all checked. */
import { HookproofError } from '../core/errors.js';
import { nearest } from '../core/nearest.js';
import type { Scenario } from './scenario.js';
import { type Issue, errorOfIssue, wrongScenario } from './scenario-errors.js';
import { durationPattern, parseRate, ratePattern, sharePattern, timePattern } from './units.js';
import { say } from '../../language/say.js';

/** Values of a scenario's parameters, by name. */
export type Parameters = Readonly<Record<string, string | number>>;

interface Declared {
  readonly default: string | number;
  readonly about?: string;
}

const declaredIn = (scenario: unknown): Readonly<Record<string, Declared | null>> => {
  const { parameters } = (scenario ?? {}) as { readonly parameters?: unknown };
  return typeof parameters === 'object' && parameters !== null
    ? (parameters as Readonly<Record<string, Declared | null>>)
    : {};
};

const valuesOf = (
  declared: Readonly<Record<string, Declared | null>>,
  given: Parameters,
): Parameters => {
  const values: Record<string, string | number> = {};
  for (const [name, one] of Object.entries(declared)) {
    if (typeof one !== 'object' || one === null || !('default' in one)) {
      throw wrongScenario(['parameters', name], say`an object with "default" and "about"`, one);
    }
    values[name] = one.default;
  }
  for (const [name, value] of Object.entries(given)) {
    const one = Object.hasOwn(declared, name) ? declared[name] : null;
    if (one === null || one === undefined) throw unknownParameter(name, Object.keys(declared));
    const isNumber = typeof one.default === 'number' && String(value).trim() !== '';
    values[name] = isNumber && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  return values;
};

const unknownParameter = (name: string, known: readonly string[]): HookproofError => {
  const near = nearest(name, known);
  const list = known.length === 0 ? say`it has none` : say`it has ${known.join(', ')}`;
  return new HookproofError(
    'invalid_argument',
    say`the scenario has no parameter '${name}'`,
    near === undefined ? list : say`did you mean ${near}? ${list}`,
  );
};

const fill = (value: unknown, values: Parameters, path: readonly PropertyKey[]): unknown => {
  if (typeof value === 'string') {
    const [, name] = /^\{([\w-]+)\}$/.exec(value) ?? [];
    if (name === undefined) return value;
    if (!Object.hasOwn(values, name)) {
      throw wrongScenario(
        path,
        say`a parameter among ${Object.keys(values).join(', ') || say`none`}`,
        value,
      );
    }
    return values[name];
  }
  if (Array.isArray(value)) return value.map((one, index) => fill(one, values, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, fill(one, values, [...path, key])]),
  );
};

const forms = [ratePattern, timePattern, durationPattern, sharePattern];

/** Whether a value is as right as another is, wherever that stands: it has every form of that. */
const isAlike = (value: string | number | undefined, right: string | number): boolean => {
  if (value === right) return true;
  if (typeof value !== 'string' || typeof right !== 'string') return false;
  const of = forms.filter((form) => form.test(right));
  return of.length > 0 && of.every((form) => form.test(value)) && isNoIdleRate(value);
};

/** A rate of no events, or of infinitely many, has the form of one. */
const isNoIdleRate = (text: string): boolean =>
  !ratePattern.test(text) || (parseRate(text) > 0 && Number.isFinite(parseRate(text)));

/** The names of all fields of the schema, for "did you mean". */
const fieldsOf = (schema: unknown): readonly string[] => {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties } = schema as { readonly properties?: object };
  return [...Object.keys(properties ?? {}), ...Object.values(schema).flatMap(fieldsOf)];
};

/**
 * Fills in the parameters and checks every field. Of a scenario that is known to be right as it is
 * written, only the parameters are: to load the schema takes as long as to play a million events.
 *
 * @throws {HookproofError} `invalid_scenario` with the place, what was expected and what was found;
 *   `invalid_argument` for a parameter that it does not have
 */
export const readScenario = async (
  written: unknown,
  parameters: Parameters = {},
  isKnown = false,
): Promise<Scenario> => {
  const declared = declaredIn(written);
  const values = valuesOf(declared, parameters);
  const filled =
    typeof written === 'object' && written !== null && !Array.isArray(written)
      ? Object.fromEntries(
          Object.entries(written).map(([key, value]) => [
            key,
            key === 'parameters' ? value : fill(value, values, [key]),
          ]),
        )
      : written;
  const isRight = Object.entries(declared).every(
    ([name, one]) => one !== null && isAlike(values[name], one.default),
  );
  if (isKnown && isRight) return filled as Scenario;
  const { scenarioJsonSchema, scenarioSchema } = await import('./scenario.js');
  const { success, data, error } = scenarioSchema.safeParse(filled);
  if (success) return data;
  // A field that is written wrongly leaves the right one missing.
  const isUnknown = ({ code }: (typeof error.issues)[number]): boolean =>
    code === 'unrecognized_keys';
  const first = error.issues.find(isUnknown) ?? error.issues[0];
  throw errorOfIssue(first as unknown as Issue, filled, fieldsOf(scenarioJsonSchema()));
};
