/** The rules of the architecture as tables, and what breaks them. */
import type { Module } from './modules.js';

/**
 * What each part may import. A path that ends in `/` stands for all that is in it, `type` for an
 * import that is gone at run time. The longest path that fits a file is its row.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'index.ts': ['contracts/index.ts', 'simulator/index.ts'],
  'language/': ['language/'],
  'simulator/index.ts': ['simulator/'],
  'simulator/core/': ['simulator/core/'],
  'simulator/catalog/': ['simulator/catalog/', 'simulator/core/'],
  'simulator/scenarios/': [
    'simulator/scenarios/',
    'simulator/virtual/',
    'simulator/catalog/',
    'simulator/core/',
  ],
  'simulator/sender/': ['simulator/sender/', 'simulator/core/'],
  'simulator/capture/': ['simulator/capture/', 'simulator/catalog/', 'simulator/core/'],
  'simulator/load/': [
    'simulator/load/',
    'simulator/sender/',
    'simulator/catalog/',
    'simulator/core/',
    'type simulator/token/',
  ],
  'simulator/threads/': ['simulator/threads/', 'simulator/virtual/', 'simulator/core/'],
  'simulator/server/': [
    'simulator/server/',
    'simulator/truora/',
    'simulator/sender/',
    'simulator/token/',
    'simulator/catalog/',
    'simulator/core/',
    'language/elsewhere.ts',
  ],
  'simulator/server/page/': [
    'simulator/server/page/',
    'type simulator/server/stand-in.ts',
    'type simulator/core/',
  ],
  // How Truora's API words its answers: pure.
  'simulator/truora/': ['simulator/truora/', 'simulator/catalog/', 'simulator/core/'],
  'simulator/token/': ['simulator/token/', 'type simulator/core/', 'type simulator/catalog/'],
  'simulator/virtual/': ['simulator/virtual/', 'simulator/core/', 'simulator/catalog/'],
  'contracts/': ['contracts/', 'simulator/index.ts'],
  'cli/': [
    'cli/',
    'contracts/index.ts',
    'contracts/causes/symptom.ts',
    'contracts/report/',
    'language/choose.ts',
    'simulator/index.ts',
    'fixtures/receivers/reference/',
    'fixtures/receivers/mutants/',
    'fixtures/receivers/variants/',
  ],
  'fixtures/receivers/reference/': ['fixtures/receivers/reference/'],
  'fixtures/receivers/mutants/': ['fixtures/receivers/mutants/', 'fixtures/receivers/reference/'],
  'fixtures/receivers/variants/': ['fixtures/receivers/variants/', 'fixtures/receivers/reference/'],
};

/** The folder that may import a package; generated values are needed in three. */
const OWNERS: Readonly<Record<string, string | readonly string[]>> = {
  undici: 'simulator/sender/',
  zod: ['simulator/catalog/', 'simulator/virtual/'],
  'fast-check': ['contracts/schedule/', 'contracts/arbitraries/', 'contracts/dedup/'],
  vitest: 'contracts/vitest/',
  msw: 'contracts/msw/',
  'json-p3': 'contracts/probe/',
  'junit-report-builder': 'contracts/report/',
  picocolors: 'contracts/report/',
  commander: 'cli/',
  '@electric-sql/pglite': 'simulator/server/store/',
  pg: 'simulator/server/store/',
  'pg-boss': 'simulator/server/queue/',
  nodemailer: 'simulator/server/mail/',
  '@hono/zod-openapi': 'simulator/server/api/',
  'prom-client': 'simulator/server/api/',
  pino: 'simulator/server/',
  preact: 'simulator/server/page/',
  uplot: 'simulator/server/page/',
  '@hono/node-server': ['simulator/server/api/', 'fixtures/receivers/variants/'],
  express: 'fixtures/receivers/variants/',
  'fast-jwt': 'fixtures/receivers/variants/',
  fastify: 'fixtures/receivers/variants/',
  hono: ['simulator/server/api/', 'fixtures/receivers/variants/'],
  jose: 'fixtures/receivers/variants/',
  jsonwebtoken: 'fixtures/receivers/variants/',
  koa: 'fixtures/receivers/variants/',
};

/** What takes time, chance and I/O as arguments. */
const PURE = [
  'language/say.ts',
  'simulator/core/',
  'simulator/catalog/',
  'simulator/virtual/',
  'simulator/truora/',
  'simulator/capture/drift.ts',
  'simulator/capture/redact.ts',
  'simulator/server/mail/compose/',
  'contracts/report/',
  'contracts/causes/',
  'contracts/doctor/judge/',
  'contracts/runner/expectations.ts',
  'contracts/runner/findings.ts',
  'contracts/runner/language.ts',
  'contracts/runner/judge.ts',
  'contracts/runner/result.ts',
  'contracts/runner/select.ts',
];

/** What people read is said through it, everywhere. */
const ANYWHERE = 'language/say.ts';

const AMBIENT =
  /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.|set(?:Timeout|Interval|Immediate)\b|process\.|fetch\(|crypto\.)/g;

const isIn = (file: string, path: string): boolean =>
  path.endsWith('/') ? file.startsWith(path) : file === path;

const isPure = (file: string): boolean => PURE.some((path) => isIn(file, path));

const rowOf = (file: string): readonly string[] | undefined => {
  const [longest] = Object.keys(ARROWS)
    .filter((path) => isIn(file, path))
    .toSorted((one, other) => other.length - one.length);
  return longest === undefined ? undefined : ARROWS[longest];
};

const isPath = (to: string): boolean => /[/.]/.test(to) && !/^(?:node:|@)/.test(to);

/** Imports of project files that no arrow allows. */
export const wrongArrows = (modules: readonly Module[]): readonly string[] =>
  modules.flatMap(({ file, imports }) => {
    const row = rowOf(file);
    if (row === undefined) return [`${file} is in a folder without a rule`];
    return imports
      .filter(({ to }) => isPath(to) && to !== ANYWHERE)
      .filter(
        ({ to, typeOnly }) =>
          !row.some((path) =>
            path.startsWith('type ') ? typeOnly && isIn(to, path.slice(5)) : isIn(to, path),
          ),
      )
      .map(({ to }) => `${file} imports ${to}`);
  });

/** Imports of packages outside the folder that owns them, and computed imports. */
export const strayPackages = (modules: readonly Module[]): readonly string[] =>
  modules.flatMap(({ file, imports }) =>
    imports
      .filter(({ to }) => !isPath(to) && !to.startsWith('node:'))
      .map(({ to }) => ({ to, owners: [OWNERS[to] ?? []].flat() }))
      .filter(({ owners }) => !owners.some((owner) => file.startsWith(owner)))
      .map(
        ({ to, owners }) =>
          `${file} imports ${to}, which belongs to ${owners.join(' and ') || 'no folder'}`,
      ),
  );

/** Clocks, chance and I/O in what has to be pure. */
export const impurities = (modules: readonly Module[]): readonly string[] =>
  modules
    .filter(({ file }) => isPure(file))
    .flatMap(({ file, imports, code }) => [
      ...imports
        .filter(({ to }) => to.startsWith('node:'))
        .map(({ to }) => `${file} imports ${to}`),
      ...[...code.matchAll(AMBIENT)].map(([use]) => `${file} uses ${use}`),
    ]);
