/** Events by name, where `*` stands for all of a product or for all there are. */
import { nearest } from '../core/nearest.js';
import { pairs } from '../catalog/index.js';
import { type Path, wrongScenario } from './scenario-errors.js';
import { say } from '../../language/say.js';

const names = pairs.map(({ name }) => name);

/** The places in the catalogue of what a pattern names. */
export const matchPairs = (pattern: string, path: Path): readonly number[] => {
  const isWanted = (name: string): boolean =>
    pattern === '*' ||
    name === pattern ||
    (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -1)));
  const found = [...names.keys()].filter((index) => isWanted(names[index] ?? ''));
  if (found.length > 0) return found;
  const products = [...new Set(pairs.map(({ product }) => `${product}.*`))];
  const near = nearest(pattern, [...names, ...products]);
  const hint = near === undefined ? say`see 'hookproof list events'` : say`did you mean ${near}?`;
  throw wrongScenario(path, say`an event such as checks.finished or checks.* (${hint})`, pattern);
};

/** Which of the pairs a list of patterns names, by their place in the catalogue. */
export const matchAny = (
  patterns: string | readonly string[] | undefined,
  path: Path,
): readonly boolean[] => {
  const list = patterns === undefined ? ['*'] : [patterns].flat();
  const found = new Set(list.flatMap((pattern) => matchPairs(pattern, path)));
  return names.map((_, index) => found.has(index));
};
