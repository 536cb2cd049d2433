import { contractCases } from '../../contracts/index.js';
import type { ContractCase } from '../../contracts/index.js';
import type { Mutant } from '../../fixtures/receivers/mutants/index.js';

/** What a quick run asks every mutant beside the rows that should tell it. */
const controls: ReadonlySet<string> = new Set([
  'verification/canonical-token',
  'verification/alg-none',
  'verification/two-events',
  'idempotency/identical-copy',
  'response/acknowledges-every-event',
  'transport/still-takes-genuine',
]);

/** Costs thousands of deliveries: asked only of receivers that forget or confuse keys, or have none. */
const THOUSANDS = 'idempotency/copy-after-thousands';

/** Rows of copies, of a short memory and of keys that are confused. */
const FORGETFUL: ReadonlySet<string> = new Set(['D02', 'D22', 'D33']);

const tellsOnlyBy =
  (...letters: readonly string[]) =>
  ({ killedBy }: Mutant): boolean =>
    killedBy.length > 0 && killedBy.every((row) => letters.includes(row.charAt(0)));

/** Cases that could tell a mutant: what shows in effects alone is not asked about tokens. */
const fits = (mutant: Mutant, { id, suite, catalogue }: ContractCase): boolean => {
  if (id === THOUSANDS) return mutant.killedBy.some((row) => FORGETFUL.has(row));
  if (mutant.killedBy.includes(catalogue)) return true;
  if (tellsOnlyBy('P')(mutant)) return suite === 'transport' || suite === 'response';
  const beyondSending = mutant.needs.some((need) => need !== 'status' && need !== 'probe');
  return !beyondSending || suite === 'idempotency' || suite === 'recovery';
};

const idsOf = (chosen: (one: ContractCase) => boolean): readonly string[] =>
  contractCases.filter(chosen).map(({ id }) => id);

/** The cases that a correct receiver (undefined) or a mutant is asked; all of them by default. */
export const casesFor = (mutant: Mutant | undefined): readonly string[] =>
  idsOf((one) => mutant === undefined || fits(mutant, one));

/** A quick run asks a correct receiver one case in so many. */
const SHARES = 3;

/**
 * What a quick run asks a correct receiver: a third of the cases, and another third with the next
 * seed or for the next receiver, so that the run as a whole asks each of several designs.
 */
export const shareOfCases = (place: number): readonly string[] =>
  contractCases
    .filter(
      ({ id }, index) => id !== THOUSANDS && (controls.has(id) || (index + place) % SHARES === 0),
    )
    .map(({ id }) => id);

/** What a quick run asks a mutant: its own rows, and a few others. */
export const quickCasesFor = (mutant: Mutant): readonly string[] =>
  idsOf(({ id, catalogue }) => controls.has(id) || mutant.killedBy.includes(catalogue));
