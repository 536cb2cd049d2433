/** Scenarios from files: those that come along, by name, and a user's own, by path. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HookproofError } from '../core/errors.js';
import { jsonPlace } from '../core/json-place.js';
import { nearest } from '../core/nearest.js';
import { readRecording } from './recording.js';
import { say } from '../../language/say.js';

/** A scenario as it is written, not checked yet. */
export interface LoadedScenario {
  readonly scenario: unknown;
  /** Where it was read from. */
  readonly file: string;
  /** Whether it comes along, and so is known to be right but for what is put in its parameters. */
  readonly isKnown: boolean;
}

/** What a scenario says of itself. */
export interface ScenarioAbout {
  readonly name: string;
  readonly about: string;
  readonly parameters: Readonly<
    Record<string, { readonly default: string | number; readonly about: string }>
  >;
}

/** The folder of the package, whether its sources run or what is built of them. */
const folder = (): string => {
  const fromSources = fileURLToPath(new URL('../../fixtures/scenarios/', import.meta.url));
  return existsSync(fromSources)
    ? fromSources
    : fileURLToPath(new URL('../../../fixtures/scenarios/', import.meta.url));
};

const shippedNames = async (): Promise<readonly string[]> =>
  (await readdir(folder()))
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length))
    .toSorted();

const parse = async (file: string): Promise<unknown> => {
  let text: string;
  try {
    // Editors of some systems put a mark of their own before all else.
    text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new HookproofError(
      'invalid_argument',
      say`cannot read the scenario ${file}${why}`,
      say`name a file that can be read, or one of those that 'hookproof list scenarios' shows`,
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new HookproofError(
      'invalid_scenario',
      text.trim() === '' ? say`${file} is empty` : say`${file} is not JSON at ${jsonPlace(text)}`,
      say`correct it there`,
    );
  }
};

/** Puts the lines of recordings in place of their files, which lie beside the scenario. */
const withRecordings = async (scenario: unknown, beside: string): Promise<unknown> => {
  const { traffic } = (scenario ?? {}) as { readonly traffic?: unknown };
  if (traffic === undefined) return scenario;
  const isList = Array.isArray(traffic);
  const streams = await Promise.all(
    [traffic].flat().map(async (one: unknown) => {
      const { kind, file, ...rest } = (one ?? {}) as { kind?: unknown; file?: unknown };
      if (kind !== 'recorded' || typeof file !== 'string') return one;
      return { kind, ...rest, lines: await readRecording(resolve(dirname(beside), file)) };
    }),
  );
  return { ...(scenario as object), traffic: isList ? streams : streams[0] };
};

/**
 * Reads a scenario by the name of one that comes along, or by the path of a file.
 *
 * @throws {HookproofError} `invalid_argument` where there is none, `invalid_scenario` where it is no
 *   JSON
 */
export const loadScenario = async (nameOrPath: string): Promise<LoadedScenario> => {
  const isName = /^[\w-]+$/.test(nameOrPath) && !existsSync(nameOrPath);
  if (!isName) {
    const scenario = await parse(nameOrPath);
    const isKnown = false;
    return { scenario: await withRecordings(scenario, nameOrPath), file: nameOrPath, isKnown };
  }
  const names = await shippedNames();
  if (names.includes(nameOrPath)) {
    const file = `${folder()}${nameOrPath}.json`;
    return { scenario: await parse(file), file, isKnown: true };
  }
  const near = nearest(nameOrPath, names);
  throw new HookproofError(
    'invalid_argument',
    say`there is no scenario named '${nameOrPath}'`,
    near === undefined
      ? say`name a file, or one of ${names.join(', ')}`
      : say`did you mean ${near}?`,
  );
};

/** All scenarios that come along. */
export const listScenarios = async (): Promise<readonly ScenarioAbout[]> =>
  Promise.all(
    (await shippedNames()).map(async (name) => {
      const { scenario } = await loadScenario(name);
      const { about = '', parameters = {} } = scenario as Partial<ScenarioAbout>;
      return { name, about, parameters };
    }),
  );
