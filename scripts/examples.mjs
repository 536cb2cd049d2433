// Runs the examples with the packed package: each has to pass, and to fail with its defect.
// `npm run examples -- hono php` runs those two; `-- --share` asks the whole contract of a sixth of them,
// chosen by the commit, and of the others what finds their defect.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkExample } from './examples/check.mjs';
import { installAlone, installTogether, pack, versionsIn } from './examples/install.mjs';
import { missingFor, readExamples } from './examples/read.mjs';
import { inTurns } from './examples/run.mjs';

const AT_ONCE = 3;
const SHARES = 6;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { share: { type: 'boolean', default: false } },
});

/** Whether the example at a place is asked the whole contract. */
const isWhole = (() => {
  if (!values.share) return () => true;
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  const share = Number.parseInt(commit.slice(0, 8), 16) % SHARES;
  return (place) => place % SHARES === share;
})();

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
  const { taken, problem } = await checkExample(
    example,
    folder,
    isWhole(examples.indexOf(example)),
  );
  say(problem ? 'FAILED' : 'ok', title, taken.join(', '));
  if (problem) problems.push(`${title}, ${problem}`);
};

const examples = readExamples(positionals).filter(isReady);
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
