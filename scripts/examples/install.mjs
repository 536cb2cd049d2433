/** Copies of the examples in which the packed package is installed. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { env } from './run.mjs';

const npm = (cwd, ...args) =>
  execFileSync(
    'npm',
    [
      ...args,
      '--ignore-scripts',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    { cwd, env, encoding: 'utf8' },
  );

/** Packs what was built; the path of the tarball. */
export const pack = (folder) => {
  const [{ filename }] = JSON.parse(npm('.', 'pack', '--json', '--pack-destination', folder));
  return join(folder, filename);
};

const copy = ({ folder }, to) =>
  cpSync(folder, to, { recursive: true, filter: (from) => !from.includes('node_modules') });

/** All of them by one npm, as workspaces beside each other; where each one is. */
export const installTogether = (folder, tarball, examples) => {
  for (const one of examples) copy(one, join(folder, one.name));
  const workspaces = examples.filter(({ isPackage }) => isPackage).map(({ name }) => name);
  const root = { private: true, workspaces, dependencies: { hookproof: `file:${tarball}` } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(root));
  npm(folder, 'install');
  return ({ name }) => join(folder, name);
};

/** One by itself, with other packages in place of its own; where it is. */
export const installAlone = (folder, tarball, example, packages) => {
  mkdirSync(folder);
  copy(example, folder);
  npm(folder, 'install', '--no-save', tarball, ...packages);
  // Its program comes by an install script.
  if (packages.some((one) => one.startsWith('node@'))) {
    execFileSync('npm', ['rebuild', 'node'], { cwd: folder, env });
  }
  return folder;
};

/** `Node 22.1.0, vitest 5.0.0`. */
export const versionsIn = (folder, packages) =>
  packages
    .map((one) => one.slice(0, one.lastIndexOf('@')))
    .map((name) => {
      const file = join(folder, 'node_modules', name, 'package.json');
      return `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}`;
    })
    .join(', ');
