// How much an installed package takes.
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

const MEGABYTE = 1e6;
const SHOWN = 6;

const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

/** The package that a file belongs to: what follows the last `node_modules`. */
const packageOf = (path) => {
  const [first = '', second = ''] = path.split(`node_modules${sep}`).at(-1).split(sep);
  return first.startsWith('@') ? `${first}/${second}` : first;
};

/** Size, files, packages, seconds, and the heaviest packages of a project that has one installed. */
export const printSize = (project, { seconds }) => {
  const root = join(project, 'node_modules');
  const sizes = new Map();
  const files = filesIn(root).filter((file) => !relative(root, file).startsWith('.'));
  for (const file of files) {
    const name = packageOf(relative(project, file));
    sizes.set(name, (sizes.get(name) ?? 0) + statSync(file).size);
  }
  const bytes = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const inMegabytes = (size) => `${(size / MEGABYTE).toFixed(1)} MB`;
  console.log(
    `installed: ${inMegabytes(bytes)}, ${files.length} files, ${sizes.size} packages, ${seconds.toFixed(1)} s`,
  );
  const heaviest = [...sizes].toSorted(([, one], [, other]) => other - one).slice(0, SHOWN);
  console.log(`  ${heaviest.map(([name, size]) => `${name} ${inMegabytes(size)}`).join(', ')}`);
};
