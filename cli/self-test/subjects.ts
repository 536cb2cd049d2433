import { mutants } from '../../fixtures/receivers/mutants/index.js';
import type { Mutant } from '../../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import { variants } from '../../fixtures/receivers/variants/index.js';
import type { Variant } from '../../fixtures/receivers/variants/index.js';
import { HookproofError, nearest } from '../../simulator/index.js';
import type { Part } from '../parse.js';
import type { Subject } from './subject.js';

const usual = {
  place: 0,
  mutant: undefined,
  settleMs: 0,
  sink: true,
  unavailable: () => undefined,
} as const;

const variantSubject = ({ name, ...rest }: Variant, index: number): Subject => ({
  ...usual,
  ...rest,
  id: name,
  place: index + 1,
});

const mutantSubject = (mutant: Mutant): Subject => ({
  ...usual,
  id: mutant.id,
  mutant,
  start: async (options) => startReceiver(options, mutant.change),
});

/** Every receiver of the matrix: the reference, the correct variants, then all mutants. */
export const subjects: readonly Subject[] = [
  { ...usual, id: 'reference', start: async (options) => startReceiver(options) },
  ...variants.map(variantSubject),
  ...mutants.map(mutantSubject),
];

const isCalled =
  (name: string) =>
  ({ id, mutant }: Subject): boolean =>
    id === name || mutant?.catalogue === name;

/**
 * Chooses receivers by their ids or rows; all of them where none is named.
 *
 * @throws {HookproofError} `nothing_matched`
 */
export const chooseSubjects = (names: readonly string[]): readonly Subject[] => {
  for (const name of names) {
    if (!subjects.some(isCalled(name))) throw nothingIsCalled(name);
  }
  return subjects.filter(
    (subject) => names.length === 0 || names.some((name) => isCalled(name)(subject)),
  );
};

/** Every correct receiver, and each so-manieth mutant; all where no part is named. */
export const partOf = (all: readonly Subject[], part: Part | undefined): readonly Subject[] => {
  if (part === undefined) return all;
  const { number, of } = part;
  const mutantsOfPart = all
    .filter(({ mutant }) => mutant !== undefined)
    .filter((_subject, index) => index % of === number - 1);
  return [...all.filter(({ mutant }) => mutant === undefined), ...mutantsOfPart];
};

const nothingIsCalled = (name: string): HookproofError => {
  const near = nearest(
    name,
    subjects.map(({ id }) => id),
  );
  return new HookproofError(
    'nothing_matched',
    `no receiver is called '${name}'`,
    near === undefined ? 'see hookproof list mutants' : `did you mean ${near}?`,
  );
};
