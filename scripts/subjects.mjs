// The receivers of the kill matrix: the reference, the correct variants, then all mutants.
import { mutantSubject } from '../dist/cli/self-test/subject.js';
import { mutants } from '../dist/fixtures/receivers/mutants/index.js';
import { startReceiver } from '../dist/fixtures/receivers/reference/index.js';
import { variants } from '../dist/fixtures/receivers/variants/index.js';

const reference = {
  id: 'reference',
  mutant: undefined,
  settleMs: 1000,
  start: (options) => startReceiver(options),
};

export const findSubjects = () => {
  const unavailable = (variant) => variant.unavailable?.();
  return {
    skipped: variants
      .filter(unavailable)
      .map((variant) => `skipped ${variant.name}: ${unavailable(variant)}`),
    subjects: [
      reference,
      ...variants
        .filter((variant) => unavailable(variant) === undefined)
        .map(({ name, settleMs, start }) => ({ id: name, mutant: undefined, settleMs, start })),
      ...mutants.map(mutantSubject),
    ],
  };
};
