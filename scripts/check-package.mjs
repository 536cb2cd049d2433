// Looks at what `npm pack` would ship: everything that is needed, and nothing else.
import { execFileSync } from 'node:child_process';

const wanted = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'contracts/report/report.schema.json',
  'dist/cli/main.cjs',
  'dist/contracts/arbitraries/index.js',
  'dist/contracts/msw/index.js',
  'dist/contracts/vitest/index.js',
  'dist/fixtures/receivers/mutants/index.js',
  'dist/fixtures/receivers/reference/index.js',
  'dist/index.d.ts',
  'dist/index.js',
  'dist/language/spanish/help.json',
  'dist/simulator/server/page/index.html',
  'fixtures/events.json',
  'fixtures/events/checks/finished.json',
  'fixtures/scenarios/total-outage.json',
  'fixtures/tokens/alg-none.json',
  'man/hookproof.1',
  'package.json',
  'simulator/virtual/scenario.schema.json',
];
const allowed =
  /^(?:dist\/(?:index|simulator|contracts|cli|language|fixtures\/receivers\/(?:reference|mutants|variants))\b|fixtures\/(?:events|scenarios|tokens)\b)/;

const pack = ['pack', '--dry-run', '--json', '--ignore-scripts'];
const [{ files }] = JSON.parse(execFileSync('npm', pack, { encoding: 'utf8' }));
const shipped = files.map(({ path }) => path);
const missing = wanted.filter((path) => !shipped.includes(path));
const strays = shipped.filter((path) => !wanted.includes(path) && !allowed.test(path));

for (const path of missing) console.error(`the package lacks ${path}`);
for (const path of strays) console.error(`the package ships ${path}`);
if (missing.length + strays.length > 0) process.exitCode = 1;
else console.log(`the package ships the right ${shipped.length} files`);
