import { HookproofError, nearest } from '../../simulator/index.js';
import type { ContractCase } from './case.js';
import { say } from '../../language/say.js';

/** A glob on case ids: `*` stands for any characters, `?` for one; a catalogue row matches too. */
export const matcher = (
  pattern: string,
): ((one: Pick<ContractCase, 'id' | 'catalogue'>) => boolean) => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'i');
  return ({ id, catalogue }) => expression.test(id) || expression.test(catalogue);
};

/**
 * Chooses cases by id. A pattern that matches nothing is a mistake, and so is an empty choice: a run
 * without cases must never look like a pass.
 */
export const selectCases = <Case extends Pick<ContractCase, 'id' | 'catalogue'>>(
  cases: readonly Case[],
  choice: { readonly only: readonly string[]; readonly skip: readonly string[] },
): readonly Case[] => {
  for (const pattern of [...choice.only, ...choice.skip]) {
    if (!cases.some(matcher(pattern))) throw nothingMatches(pattern, cases);
  }
  const chosen = cases.filter(
    (one) =>
      (choice.only.length === 0 || choice.only.some((pattern) => matcher(pattern)(one))) &&
      !choice.skip.some((pattern) => matcher(pattern)(one)),
  );
  if (chosen.length > 0) return chosen;
  throw new HookproofError(
    'nothing_matched',
    say`no case is left: everything chosen is skipped`,
    say`loosen --skip or --only`,
  );
};

const nothingMatches = (
  pattern: string,
  cases: readonly Pick<ContractCase, 'id'>[],
): HookproofError => {
  const ids = cases.map(({ id }) => id);
  const slugs = new Map(ids.map((id) => [id.replace(/^.*\//, ''), id]));
  const near = nearest(pattern, ids) ?? slugs.get(nearest(pattern, [...slugs.keys()]) ?? '');
  return new HookproofError(
    'nothing_matched',
    say`no case matches '${pattern}'`,
    near === undefined ? say`see hookproof list cases` : say`did you mean ${near}?`,
  );
};
