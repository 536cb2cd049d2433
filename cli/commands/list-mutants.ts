import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { translate } from '../../language/say.js';

/** One line a mutant: its id, catalogue row and defect. */
export const formatMutants = (): string => {
  const width = Math.max(...mutants.map(({ id }) => id.length));
  return mutants
    .map(
      ({ id, catalogue, defect }) =>
        `${id.padEnd(width)}  ${catalogue.padEnd(4)}  ${translate(defect)}`,
    )
    .join('\n');
};

export const mutantsAsJson = (): unknown =>
  mutants.map(({ id, catalogue, defect, wanted, needs, killedBy }) => ({
    id,
    catalogue,
    defect,
    wanted,
    needs,
    killedBy,
  }));
