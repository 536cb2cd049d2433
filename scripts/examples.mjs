// Runs the examples with the packed package: each has to pass, and to fail with its defect.
// `npm run examples -- hono php` runs those two.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkExample } from './examples/check.mjs';
import { installAlone, installTogether, pack, versionsIn } from './examples/install.mjs';
import { missingFor, readExamples } from './examples/read.mjs';
import { inTurns } from './examples/run.mjs';

const AT_ONCE = 2;

const problems = [];
const say = (mark, title, text) => console.log(`${mark.padEnd(7)}  ${title.padEnd(16)}  ${text}`);

const isReady = (example) => {
  const missing = missingFor(example).join(', ');
  if (missing === '') return true;
  say('skipped', example.name, `needs ${missing}`);
  if (process.env.CI) problems.push(`${example.name}: CI skips no example; it needs ${missing}`);
  return false;
};

const check = async (title, example, folder) => {
  const { taken, problem } = await checkExample(example, folder);
  say(problem ? 'FAILED' : 'ok', title, taken.join(', '));
  if (problem) problems.push(`${title}, ${problem}`);
};

const examples = readExamples(process.argv.slice(2)).filter(isReady);
const folder = mkdtempSync(join(tmpdir(), 'hookproof-examples-'));
try {
  const tarball = pack(folder);
  const together = join(folder, 'together');
  mkdirSync(together);
  const folderOf = installTogether(together, tarball, examples);

  const asTheyAre = examples.map((one) => () => check(one.name, one, folderOf(one)));
  const withOthers = examples.flatMap((one) =>
    (one.alsoWith ?? []).map((packages, index) => () => {
      const alone = installAlone(join(folder, `${one.name}-${index}`), tarball, one, packages);
      return check(`${one.name}, ${versionsIn(alone, packages)}`, one, alone);
    }),
  );
  await inTurns([...withOthers, ...asTheyAre], AT_ONCE);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`\n${problem}`);
if (problems.length > 0) process.exitCode = 1;
