/** Says of a wrong scenario where it is wrong, what was expected there and what was found. */
import { HookproofError } from '../core/errors.js';
import { describeValue } from '../core/checks.js';
import { nearest } from '../core/nearest.js';
import { parseTime } from './units.js';
import { later, say, translate } from '../../language/say.js';

/** A place in a scenario: `traffic[0].rate`. */
export type Path = readonly PropertyKey[];

const formatPath = (path: Path): string =>
  path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part)}`,
    '',
  ) || say`the scenario`;

/** An error is one line, and a value may be a file's worth. */
const SHOWN_MOST = 200;

const shown = (value: unknown): string => {
  const text = describeValue(value);
  return text.length > SHOWN_MOST ? `${text.slice(0, SHOWN_MOST)}…` : text;
};

/** An error for a place in a scenario. `found` is described as a value. */
export const wrongScenario = (path: Path, expected: string, found: unknown): HookproofError =>
  new HookproofError(
    'invalid_scenario',
    say`${formatPath(path)}: expected ${expected}, found ${found === undefined ? say`nothing` : shown(found)}`,
    say`correct it there; "$schema": "hookproof/scenario-schema.json" lets an editor help`,
  );

/**
 * A span that ends before it begins would be no span, without a word. One that ends where it begins
 * is what a parameter of 0 makes of it.
 *
 * @throws {HookproofError} `invalid_scenario`
 */
export const requireSpan = (
  path: Path,
  from: string | number | undefined,
  until: string | number | undefined,
): void => {
  if (from === undefined || until === undefined || parseTime(until) >= parseTime(from)) return;
  throw wrongScenario([...path, 'until'], say`no time before ${from}, when it begins`, until);
};

/** As zod reports them, as far as they are read here. */
export interface Issue {
  readonly code?: string | undefined;
  readonly message: string;
  readonly path: Path;
  readonly errors?: readonly (readonly Issue[])[] | undefined;
  readonly keys?: readonly string[] | undefined;
  readonly values?: readonly unknown[] | undefined;
  readonly options?: readonly unknown[] | undefined;
  readonly expected?: string | undefined;
}

const depthOf = (issue: Issue): number =>
  issue.path.length + Math.max(0, ...(issue.errors ?? []).map((branch) => depthOfAll(branch)));

const depthOfAll = (issues: readonly Issue[]): number => Math.max(0, ...issues.map(depthOf));

/** Of a value that fits no branch of a union, the issue of the branch that fitted furthest. */
const innermost = (issue: Issue, path: Path): { readonly issue: Issue; readonly path: Path } => {
  const here = [...path, ...issue.path];
  const [best] = (issue.errors ?? []).toSorted((a, b) => depthOfAll(b) - depthOfAll(a));
  const [first] = (best ?? []).toSorted((a, b) => depthOf(b) - depthOf(a));
  if (first === undefined || depthOf(first) === 0) return { issue, path: here };
  return innermost(first, here);
};

const words = (values: readonly unknown[]): string =>
  values.map((value) => JSON.stringify(value)).join(say` or `);

/** What zod calls the types of the schema. */
const TYPES: Readonly<Record<string, string>> = {
  array: later('an array'),
  int: later('an int'),
  number: later('a number'),
  object: later('an object'),
  record: later('a record'),
  string: later('a string'),
};

/** A bound of zod's, such as `number to be >=0`. */
const boundIn = (message: string): string | undefined => {
  const [, type, bound = ''] =
    /^Too (?:small|big): expected (\w+) to (?:be|have) (\S+)/.exec(message) ?? [];
  switch (type) {
    case 'number':
      return say`number to be ${bound}`;
    case 'int':
      return say`int to be ${bound}`;
    case 'string':
      return say`string to have ${bound} characters`;
    case 'array':
      return say`array to have ${bound} items`;
    default:
      return undefined;
  }
};

const expectedBy = (issue: Issue): string => {
  if (issue.options !== undefined) return words(issue.options);
  if (issue.values !== undefined) return words(issue.values);
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid')) {
    return translate(TYPES[issue.expected ?? ''] ?? later('a value'));
  }
  return boundIn(issue.message) ?? issue.message.replace(/^Invalid input.*/, say`something else`);
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<PropertyKey, unknown>)[part]
        : undefined,
    value,
  );

/** The error for the first of zod's issues. */
export const errorOfIssue = (
  outer: Issue,
  scenario: unknown,
  fields: readonly string[],
): HookproofError => {
  const { issue, path } = innermost(outer, []);
  const [unknown] = issue.keys ?? [];
  if (unknown === undefined) return wrongScenario(path, expectedBy(issue), valueAt(scenario, path));
  // What is a field elsewhere is none here.
  const near = nearest(
    unknown,
    fields.filter((field) => field !== unknown),
  );
  return new HookproofError(
    'invalid_scenario',
    say`${formatPath([...path, unknown])}: expected no field of that name, found ${shown(valueAt(scenario, [...path, unknown]))}`,
    near === undefined ? say`remove it` : say`did you mean ${near}? Else remove it`,
  );
};
