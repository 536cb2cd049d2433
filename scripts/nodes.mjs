// Runs the main jobs of the packed package on other versions of Node: `npm run nodes -- 20 22 24 26`.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { emptyFolder, install, npm, pack } from './package/packed.mjs';

const versions = process.argv.length > 2 ? process.argv.slice(2) : ['20', '22', '24', '26'];
const PATIENCE_MS = 120_000;

/** What is run, and what it has to print. */
const jobs = [
  [
    ['verify', '--demo', '--only', 'verification/alg-none*', '--only', 'idempotency/*copy'],
    /PASSED/,
  ],
  [['simulate', 'total-outage'], /main was disabled at 31m/],
  [['fuzz', '--demo', '--max-runs', '3', '--seed', '1'], /PASSED/],
  [['list', 'events'], /checks\.finished/],
];

/** The binary of a version, from npm's package of it; undefined where the registry has none. */
const obtain = (version) => {
  const folder = emptyFolder(`node-${version}`);
  try {
    npm(folder, 'install', '--no-save', '--prefix', folder, `node@${version}`);
  } catch {
    return undefined;
  }
  const binary = join(folder, 'node_modules', 'node', 'bin', 'node');
  return existsSync(binary) ? binary : undefined;
};

const runJobs = (node, program) =>
  jobs.flatMap(([args, expected]) => {
    const { status, stdout, stderr } = spawnSync(node, [program, ...args], {
      encoding: 'utf8',
      timeout: PATIENCE_MS,
    });
    if (status === 0 && expected.test(stdout)) return [];
    return [`${args[0]} ended with ${status}\n${stdout.slice(-1000)}\n${stderr.slice(-2000)}`];
  });

/** Starts the stand-in, asks whether it is ready, and stops it. */
const serve = async (node, program) => {
  const data = emptyFolder('data');
  const child = spawn(node, [program, 'serve', '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text));
  const ended = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), ended]);
  if (typeof line !== 'string') return [`serve ended with ${line}\n${complaints.slice(-2000)}`];
  const { status } = await fetch(`${JSON.parse(line).url}/readyz`);
  child.kill('SIGTERM');
  const [code] = await ended;
  return status === 200 && code === 0 ? [] : [`serve answered ${status}, ended with ${code}`];
};

const { tarball } = pack(emptyFolder('package'));
const project = emptyFolder('stranger');
install(project, tarball);
const program = join(project, 'node_modules', 'hookproof', 'dist', 'cli', 'main.cjs');
for (const version of versions) {
  const node = obtain(version);
  if (node === undefined) {
    console.log(`skipped  Node ${version}: the registry does not give it to this machine`);
    continue;
  }
  const startedAt = performance.now();
  const problems = [...runJobs(node, program), ...(await serve(node, program))];
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const exact = spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout.trim();
  console.log(`${problems.length === 0 ? 'ok      ' : 'FAILED  '} Node ${exact}  ${seconds} s`);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}
