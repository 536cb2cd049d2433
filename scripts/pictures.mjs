// Draws the pictures of the documents anew, after `npm run build`. Each page names the command of its pictures:
// `npx hookproof … --svg docs/pictures/<name>.svg`. `--check` only compares, and names what is stale.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..');
const COMMAND = /npx hookproof ([^\n`]*?) --svg (docs\/pictures\/[\w-]+\.svg)/g;

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });

const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const commands = new Map(
  pages
    .flatMap((name) => [...readFileSync(join(ROOT, 'docs', name), 'utf8').matchAll(COMMAND)])
    .map(([, args, picture]) => [picture, args.split(' ')]),
);

const folder = mkdtempSync(join(tmpdir(), 'hookproof-pictures-'));
const stale = [];
for (const [picture, args] of commands) {
  const file = join(folder, 'picture.svg');
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(ROOT, 'dist/cli/main.cjs'), ...args, '--svg', file],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${args.join(' ')}: ${stderr}`);
  const drawn = readFileSync(file, 'utf8');
  if (!values.check) writeFileSync(join(ROOT, picture), drawn);
  else if (drawn !== readFileSync(join(ROOT, picture), 'utf8')) stale.push(picture);
}
rmSync(folder, { recursive: true });

if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}; npm run pictures`);
  process.exitCode = 1;
} else console.log(`${commands.size} pictures`);

// The picture of a run in a terminal, with the same `--check`.
await import('./terminal.mjs');
