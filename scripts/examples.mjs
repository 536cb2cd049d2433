// Runs every project under examples/ with the packed package: it must pass, and fail with its defect.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** What the project is also run with: other packages in place of its own, under another Node. */
const others = { vitest: [['node@22', 'vitest@5', 'msw@3', '@types/node@22']] };

/** What a run with the defect has to say. */
const findings = {
  vitest: [/copies of A at the same moment/u, /idempotency\/ten-copies|idempotency\/\S+: /u],
};

const folder = mkdtempSync(join(tmpdir(), 'hookproof-examples-'));
const env = { ...process.env, NO_COLOR: '1', CI: '1' };
delete env.NODE_OPTIONS;
delete env.FORCE_COLOR;

const npm = (cwd, ...args) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env,
    encoding: 'utf8',
  });

const require = createRequire(import.meta.url);
const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');
const problems = [];
/** Runs a command with the project's own Node, where it brings one. */
const runIn = (cwd, [command, ...args]) =>
  spawnSync(command, args, {
    cwd,
    env: { ...env, PATH: `${join(cwd, 'node_modules/.bin')}:${process.env.PATH}` },
    encoding: 'utf8',
  });

const versionsIn = (project) => {
  const { stdout } = runIn(project, ['node', '--version']);
  const versionOf = (name) =>
    JSON.parse(readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8')).version;
  return `Node ${stdout.trim().slice(1)}, vitest ${versionOf('vitest')}, msw ${versionOf('msw')}`;
};

const check = (title, cwd, command, judge) => {
  const startedAt = Date.now();
  const run = runIn(cwd, command);
  const problem = judge(run);
  console.log(
    `${problem ? 'FAILED' : 'ok    '}  ${title}  ${((Date.now() - startedAt) / 1000).toFixed(1)} s`,
  );
  if (problem) {
    problems.push(`${title}: ${problem}\n${run.stdout.slice(-4000)}\n${run.stderr.slice(-2000)}`);
  }
};

const passes = ({ status }) => (status === 0 ? undefined : `it ended with ${status}`);
const failsWith = (expected) => (run) => {
  if (run.status === 0) return 'it passed with its defect';
  const missing = expected.find((one) => !one.test(run.stdout + run.stderr));
  return missing && `it does not say ${missing}`;
};

try {
  const [{ filename }] = JSON.parse(
    npm('.', 'pack', '--ignore-scripts', '--json', '--pack-destination', folder),
  );
  const tarball = join(folder, filename);
  for (const name of readdirSync('examples')) {
    const from = resolve('examples', name);
    const own = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
    for (const packages of [[], ...(others[name] ?? [])]) {
      const project = mkdtempSync(join(folder, `${name}-`));
      cpSync(from, project, { recursive: true });
      npm(project, 'install', '--no-save', '--ignore-scripts', tarball, ...packages);
      if (packages.some((one) => one.startsWith('node@'))) npm(project, 'rebuild', 'node');
      const versions = versionsIn(project);
      const what = `${name}, ${versions}`;
      check(`${what}, types`, project, [tsc, '-p', '.'], passes);
      check(what, project, ['npm', 'test'], passes);
      if (own.scripts['test:broken'] !== undefined) {
        check(
          `${what}, with its defect`,
          project,
          ['npm', 'run', 'test:broken'],
          failsWith(findings[name] ?? []),
        );
      }
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`\n${problem}`);
if (problems.length > 0) process.exitCode = 1;
