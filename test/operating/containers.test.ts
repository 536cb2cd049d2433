/** No container engine is needed: the files are read, and held to what they promise. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('the Dockerfile', () => {
  /** Instructions in order, continued lines joined, comments gone. */
  const instructions = read('Dockerfile')
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => /^(\w+) (.*)$/.exec(line)?.slice(1) ?? ['?', line])
    .map(([name = '', rest = '']) => ({ name, rest }));
  const stages = instructions
    .filter(({ name }) => name === 'FROM')
    .map(({ rest }) => /^(\S+)(?: AS (\S+))?$/.exec(rest)?.slice(1) ?? []);
  const last = instructions.slice(instructions.findLastIndex(({ name }) => name === 'FROM'));
  const restOf = (wanted: string): readonly string[] =>
    last.filter(({ name }) => name === wanted).map(({ rest }) => rest);

  test('has only instructions that there are', () => {
    expect(new Set(instructions.map(({ name }) => name))).toEqual(
      new Set('FROM WORKDIR COPY RUN ENV USER VOLUME EXPOSE HEALTHCHECK ENTRYPOINT CMD'.split(' ')),
    );
  });

  test('builds in stages from one tagged image', () => {
    expect(new Set(stages.map(([image]) => image))).toEqual(new Set(['node:22-slim']));
    const named = stages.flatMap(([, name]) => name ?? []);
    const copiedFrom = instructions.flatMap(({ rest }) => /--from=(\S+)/.exec(rest)?.[1] ?? []);
    expect(new Set(copiedFrom)).toEqual(new Set(named));
  });

  test('takes only packages that the lock file names', () => {
    const installs = instructions.filter(({ rest }) => /\bnpm (?:ci|i|install)\b/.test(rest));
    expect(installs).toHaveLength(2);
    for (const { rest } of installs) expect(rest).toMatch(/^npm ci .*--ignore-scripts/);
    expect(installs.filter(({ rest }) => rest.includes('--omit=dev'))).toHaveLength(1);
  });

  test('copies what there is, and what the package ships', () => {
    const { files } = JSON.parse(read('package.json')) as { readonly files: readonly string[] };
    const copied = restOf('COPY').flatMap((rest) => /\/src\/(\S+)/.exec(rest)?.[1] ?? []);
    for (const path of copied.filter((one) => !/^(?:dist|node_modules)$/.test(one))) {
      expect(existsSync(new URL(`../../${path}`, import.meta.url))).toBe(true);
    }
    const wanted = files.filter((path) => path === 'dist' || path.startsWith('fixtures/events'));
    expect(copied).toEqual(expect.arrayContaining([...wanted, 'package.json']));
  });

  test('runs as another user than root, in exec form, and says how it is', () => {
    expect(restOf('USER')).toEqual(['node']);
    const forms = [...restOf('ENTRYPOINT'), ...restOf('CMD')].map(
      (rest) => JSON.parse(rest) as readonly string[],
    );
    expect(forms).toEqual([
      ['node', '/app/dist/cli/main.cjs'],
      ['serve', '--host', '0.0.0.0', '--data', '/data'],
    ]);
    const [, check = ''] = restOf('HEALTHCHECK')[0]?.split(' CMD ') ?? [];
    expect(JSON.parse(check)).toEqual(['node', '-e', expect.stringContaining('/readyz')]);
  });

  test('leaves secrets and what is built anew outside', () => {
    const ignored = read('.dockerignore').split('\n');
    for (const path of ['**/node_modules', '**/.hookproof', '.git', 'dist', '.env']) {
      expect(ignored).toContain(path);
    }
  });
});

interface Service {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean };
  readonly deploy?: { readonly replicas: number };
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

describe('compose.yaml', () => {
  const text = read('compose.yaml');
  const { services } = parse(text, { merge: true }) as {
    readonly services: Readonly<Record<string, Service>>;
  };

  test('has PostgreSQL, one serve that delivers nothing, and two workers that do', () => {
    const { serve, worker, postgres } = services;
    expect(serve?.command).toEqual(expect.arrayContaining(['serve', '--concurrency', '0']));
    expect(worker?.command?.[0]).toBe('worker');
    expect(worker?.deploy?.replicas).toBe(2);
    expect(worker?.depends_on).toMatchObject({ serve: { condition: 'service_healthy' } });
    expect(postgres?.healthcheck?.test).toContain('pg_isready');
    for (const one of [serve, worker]) {
      expect(one?.depends_on).toMatchObject({ postgres: { condition: 'service_healthy' } });
      expect(one?.environment?.['DATABASE_URL']).toMatch(/^postgres:\/\/.*@postgres:5432\//);
    }
  });

  test('gives names to images, with their versions', () => {
    const images = Object.values(services).map(({ image = '' }) => image);
    for (const image of images) expect(image).toMatch(/^hookproof$|^[\w./-]+:[\w.]+$/);
    expect(images.filter((image) => image.endsWith(':latest'))).toEqual([]);
  });

  test('opens ports on this machine only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  test('has no secret of its own, and asks for each', () => {
    const secrets = text.match(/^ +\w*(?:PASSWORD|SECRET|TOKEN|API_KEY): .*$/gm) ?? [];
    expect(secrets).toHaveLength(4);
    for (const line of secrets) expect(line).toMatch(/: \$\{\w+:\?[^}]+\}$/);
    const docs = read('docs/serve.md');
    for (const [, name = ''] of text.matchAll(/\$\{(\w+):\?/g)) expect(docs).toContain(name);
  });
});
