// Builds the site into site/dist: `npm ci --prefix site`, then `npm run docs`; `-- --base /hookproof/` where
// it will not stand at the root of its host.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { problemsOf } from './check.mjs';
import { stage } from './stage.mjs';

const HERE = import.meta.dirname;

const { values } = parseArgs({ options: { base: { type: 'string', default: '/' } } });

const give = (message) => {
  console.error(message);
  process.exit(1);
};

/** Runs a program of site/node_modules; its output is shown where it fails. */
const run = (file, args) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(HERE, 'node_modules', file), ...args],
    {
      cwd: HERE,
      encoding: 'utf8',
    },
  );
  if (status !== 0) give(`${stdout}${stderr}`);
};

if (!existsSync(join(HERE, 'node_modules'))) {
  give('site/node_modules is missing: npm ci --prefix site');
}
const began = performance.now();
for (const folder of ['pages', 'dist']) {
  rmSync(join(HERE, folder), { recursive: true, force: true });
}
const staged = stage(join(HERE, 'pages'));
run('typedoc/bin/typedoc', ['--treatWarningsAsErrors']);
run('vitepress/bin/vitepress.js', ['build', '--base', values.base]);
const { pages, problems } = problemsOf(join(HERE, 'dist'), values.base);
if (problems.length > 0) give(problems.join('\n'));
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(
  `site/dist: ${pages} pages, ${staged.length} of them from Markdown of the repository, in ${seconds} s`,
);
