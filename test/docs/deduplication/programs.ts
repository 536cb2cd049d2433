/** The blocks of docs/deduplication.md, put into a program for each language. */
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProgram, startServer } from '../../../fixtures/receivers/variants/child.js';
import type { RunningReceiver } from '../../../fixtures/receivers/reference/index.js';
import { runToEnd } from '../effects/programs.js';
import { readPage } from '../pages.js';

/** Where what the blocks need is found. */
export interface Stores {
  readonly databaseUrl: string;
  readonly redisUrl: string;
}

export interface Language {
  readonly name: string;
  readonly info: string;
  /** Why it cannot run here. */
  readonly missing: () => string | undefined;
  readonly start: (folder: string, stores: Stores) => Promise<RunningReceiver>;
}

const DRIVERS = '/usr/share/java/postgresql.jar';
const GO_PACKAGES = '/usr/share/gocode';
const root = fileURLToPath(new URL('../../../', import.meta.url));
const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What stands in that language above the patterns that fail. */
const codeIn = (info: string): string =>
  readPage('docs/deduplication.md')
    .blocks.filter(
      ({ language, headings }) => language === info && !headings[1]?.startsWith('What fails'),
    )
    .map(({ code }) => code)
    .join('\n');

const runs = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args).status === 0;

const needs = (what: string, isThere: boolean): string | undefined =>
  isThere ? undefined : `${what} is not installed`;

const environment = ({ databaseUrl, redisUrl }: Stores) => {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  const name = pathname.slice(1);
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_DSN: `pgsql:host=${hostname};port=${port};dbname=${name};user=${username}`,
    JDBC_URL: `jdbc:postgresql://${hostname}:${port}/${name}?user=${username}`,
    REDIS_URL: redisUrl,
  };
};

const startWith =
  (prepare: (folder: string) => { readonly command: string; readonly args: readonly string[] }) =>
  async (folder: string, stores: Stores): Promise<RunningReceiver> =>
    startProgram(
      { ...prepare(folder), env: environment(stores) },
      { key: '', dataDirectory: folder },
    );

const write = (folder: string, file: string, code: string): string => {
  const path = join(folder, file);
  writeFileSync(path, code);
  return path;
};

/** Debian's packages belong to Debian's Python. */
const PYTHON = '/usr/bin/python3';

const startPhp = async (folder: string, stores: Stores): Promise<RunningReceiver> => {
  const blocks = write(folder, 'blocks.php', `<?php\n${codeIn('php')}`);
  const env = { ...environment(stores), BLOCKS: blocks, DATA_DIRECTORY: folder };
  const worker = spawn('php', [beside('harness.php'), 'work'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const server = await startServer(
    (port) => ({
      command: 'php',
      args: ['-q', '-S', `127.0.0.1:${port}`, beside('harness.php')],
      env: { ...env, PHP_CLI_SERVER_WORKERS: '24' },
    }),
    { key: '', dataDirectory: folder },
  );
  return {
    ...server,
    close: async () => {
      worker.kill('SIGKILL');
      await server.close();
    },
  };
};

export const languages: readonly Language[] = [
  {
    name: 'Node',
    info: 'js',
    missing: () => undefined,
    start: startWith((folder) => {
      symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
      copyFileSync(beside('harness.mjs'), join(folder, 'harness.mjs'));
      const names = [...codeIn('js').matchAll(/^async function (\w+)/gm)].map(([, name]) => name);
      const code = `${codeIn('js')}\nexport { ${names.join(', ')} };\n`;
      const blocks = write(folder, 'blocks.mjs', code);
      return { command: process.execPath, args: [join(folder, 'harness.mjs'), blocks] };
    }),
  },
  {
    name: 'Python',
    info: 'python',
    missing: () =>
      needs('python3-psycopg or python3-redis', runs(PYTHON, '-c', 'import psycopg, redis')),
    start: startWith((folder) => ({
      command: PYTHON,
      args: ['-B', beside('harness.py'), write(folder, 'blocks.py', codeIn('python'))],
    })),
  },
  {
    name: 'Go',
    info: 'go',
    missing: () =>
      needs(
        'golang-go, golang-github-lib-pq-dev or golang-github-gomodule-redigo-dev',
        runs('go', 'version') &&
          existsSync(`${GO_PACKAGES}/src/github.com/lib/pq`) &&
          existsSync(`${GO_PACKAGES}/src/github.com/gomodule/redigo`),
      ),
    start: startWith((folder) => {
      const imports = 'import (\n\t"database/sql"\n\n\t"github.com/gomodule/redigo/redis"\n)\n';
      write(folder, 'blocks.go', `package main\n\n${imports}\n${codeIn('go')}`);
      copyFileSync(beside('harness.go'), join(folder, 'harness.go'));
      const { status, stderr } = spawnSync(
        'go',
        ['build', '-o', 'program', 'harness.go', 'blocks.go'],
        {
          cwd: folder,
          env: { ...process.env, GO111MODULE: 'off', GOPATH: GO_PACKAGES, GOFLAGS: '' },
        },
      );
      if (status !== 0) throw new Error(stderr.toString());
      return { command: join(folder, 'program'), args: [] };
    }),
  },
  {
    name: 'PHP',
    info: 'php',
    missing: () =>
      needs(
        'php-cli, php-pgsql or php-redis',
        runs('php', '-r', "exit(extension_loaded('pdo_pgsql') && class_exists('Redis') ? 0 : 1);"),
      ),
    start: startPhp,
  },
  {
    name: 'Java',
    info: 'java',
    missing: () =>
      needs('a JDK or libpostgresql-jdbc-java', runs('javac', '-version') && existsSync(DRIVERS)),
    start: startWith((folder) => {
      const harness = readFileSync(beside('Harness.java'), 'utf8');
      const program = harness.replace('// BLOCKS', () => codeIn('java'));
      const verifier = join(root, 'fixtures/receivers/variants/Receiver.java');
      runToEnd('javac', ['-d', folder, verifier, write(folder, 'Harness.java', program)]);
      const flags = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
      return { command: 'java', args: [...flags, '-cp', `${folder}:${DRIVERS}`, 'Harness'] };
    }),
  },
  {
    name: 'Ruby',
    info: 'ruby',
    missing: () =>
      needs(
        'ruby, ruby-pg or ruby-redis',
        runs('ruby', '-e', 'require "pg"; require "redis"; require "net/http"'),
      ),
    start: startWith((folder) => ({
      command: 'ruby',
      args: [beside('harness.rb'), write(folder, 'blocks.rb', codeIn('ruby'))],
    })),
  },
];
