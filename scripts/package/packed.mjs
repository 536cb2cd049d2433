// The package as strangers get it: packed, and installed into an empty folder.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// npm is a script of the shell on Windows.
const shell = process.platform === 'win32';

export const npm = (cwd, ...args) =>
  execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    shell,
    encoding: 'utf8',
  });

/** Packs what is built; `files` are the paths in the package, `tarball` is where it is. */
export const pack = (folder) => {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const [{ filename, files }] = JSON.parse(npm('.', ...args));
  return { tarball: join(folder, filename), files: files.map(({ path }) => path) };
};

/** Installs into an empty project, as a user who has nothing else; `seconds` is how long it took. */
export const install = (folder, tarball, ...packages) => {
  writeFileSync(
    join(folder, 'package.json'),
    '{ "name": "stranger", "private": true, "type": "module" }',
  );
  const startedAt = performance.now();
  npm(folder, 'install', '--omit=dev', '--omit=peer', '--prefer-offline', tarball, ...packages);
  return { seconds: (performance.now() - startedAt) / 1000 };
};

/** An empty folder that is gone with the process. */
export const emptyFolder = (name) => {
  const folder = mkdtempSync(join(tmpdir(), `hookproof-${name}-`));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
};
