// Writes docs/reference from the data of the build. Run it after `npm run build`; `--check` only compares,
// and names what is stale.
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { casePages } from './reference/cases.mjs';
import { causePages } from './reference/causes.mjs';
import { eventPage } from './reference/events.mjs';
import { mutantPage } from './reference/mutants.mjs';

const FOLDER = join(import.meta.dirname, '../docs/reference');
const NOTE = '<!-- Written by `npm run reference`: do not edit. -->';

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const config = await resolveConfig(join(FOLDER, 'any.md'));
const pages = { ...casePages(), ...causePages(), ...eventPage(), ...mutantPage() };
const written = await Promise.all(
  Object.entries(pages).map(async ([name, text]) => [
    name,
    await format(`${NOTE}\n\n${text}`, { ...config, parser: 'markdown' }),
  ]),
);

const present = () => {
  try {
    return readdirSync(FOLDER);
  } catch {
    return [];
  }
};

if (values.check) {
  const stale = written
    .filter(
      ([name, text]) =>
        !present().includes(name) || readFileSync(join(FOLDER, name), 'utf8') !== text,
    )
    .map(([name]) => name);
  const odd = present().filter((name) => !Object.hasOwn(pages, name));
  if (stale.length + odd.length > 0) {
    console.error(`stale in docs/reference: ${[...stale, ...odd].join(', ')}; npm run reference`);
    process.exitCode = 1;
  }
} else {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  for (const [name, text] of written) writeFileSync(join(FOLDER, name), text);
  console.log(`${written.length} pages in docs/reference`);
}
