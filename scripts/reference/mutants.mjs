// The page of broken receivers.
import { mutants } from '../../dist/fixtures/receivers/mutants/index.js';
import { prose, table } from './text.mjs';

/** What a run has to make of a mutant. */
const WANTED = {
  fail: 'a failed run',
  'fail-or-no-verdict': 'a failed run, or none: genuine deliveries are not taken',
  finding: 'a finding of any level',
  'should-finding': 'a warning',
  advice: 'advice',
  pass: 'no finding: it only looks broken',
};

export const mutantPage = () => ({
  'mutants.md': `# Broken receivers

${mutants.length} receivers, each the reference receiver with one part replaced. \`npx hookproof verify --demo=<id>\` runs the
contract against one, and \`npm run kill-matrix\` against all of them, and against correct receivers too.

${table(
  ['id', 'the defect', 'wanted', 'told by'],
  mutants.map(({ id, defect, wanted, killedBy }) => [
    `\`${id}\``,
    prose(defect),
    WANTED[wanted],
    killedBy.join(', '),
  ]),
)}
`,
});
