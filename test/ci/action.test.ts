/** action.yml: each step's script is run for real, against real receivers. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import { createFolder } from '../cli/run.js';
import { closedPort } from '../sender/servers.js';
import { action, runAction } from './action.js';

const KEY = '3a7e0b1c9d5f42688e6f1a2b3c4d5e60718293a4b5c6d7e8f9010203a4b5c6d7';
const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const QUICK = ['--only', 'verification/alg-none*', '--seed', '7'].join('\n');

const startDemo = async (mutantId?: string) => {
  const change = mutants.find(({ id }) => id === mutantId)?.change;
  const receiver = await startReceiver({ key: KEY, dataDirectory: await createFolder() }, change);
  onTestFinished(receiver.close);
  return { url: receiver.url, probe: receiver.probeUrl };
};

describe('a right receiver', () => {
  test('passes, with reports, a summary and outputs', async () => {
    const { url, probe } = await startDemo();
    const { code, outputs, log, summary, workspace } = await runAction({
      ...{ url, probe, key: KEY, arguments: QUICK, json: 'result.json' },
    });
    expect({ code, log }).toMatchObject({ code: 0 });
    expect(outputs).toEqual({
      verdict: 'passed',
      junit: './hookproof.junit.xml',
      sarif: './hookproof.sarif',
      json: './result.json',
    });
    for (const path of [outputs['junit'], outputs['sarif'], outputs['json']]) {
      expect(await readFile(join(workspace, path ?? ''), 'utf8')).toContain('hookproof');
    }
    expect(summary).toMatch(/^## hookproof: ✅ passed/);
    expect(log).toContain('PASSED');
    expect(log).toMatch(/^::notice title=hookproof%3A passed::\d+ passed/m);
    expect(log).not.toContain(KEY);
  });

  test('takes the key of the job’s environment, and leaves out what is switched off', async () => {
    const { url, probe } = await startDemo();
    const { code, outputs, log, summary } = await runAction(
      {
        ...{ url, probe, arguments: QUICK, junit: '', sarif: '', wait: '' },
        ...{ summary: 'false', annotations: 'false' },
      },
      { HOOKPROOF_KEY: KEY },
    );
    expect({ code, log }).toMatchObject({ code: 0 });
    expect(outputs).toEqual({ verdict: 'passed', junit: '', sarif: '', json: '' });
    expect(summary).toBe('');
    expect(log).not.toContain('::notice');
  });
});

test('a broken receiver fails, annotated with what was found', async () => {
  const { url, probe } = await startDemo('accepts-alg-none');
  const { code, outputs, log, summary } = await runAction({
    url,
    probe,
    key: KEY,
    arguments: QUICK,
  });
  expect(code).toBe(1);
  expect(outputs['verdict']).toBe('failed');
  expect(log).toMatch(/^::error title=hookproof%3A Unsigned tokens are taken/m);
  expect(summary).toContain('### Unsigned tokens are taken');
});

test('where nothing listens there is no verdict, and the mend is said', async () => {
  const url = `http://127.0.0.1:${await closedPort()}/hook`;
  const { code, outputs, log } = await runAction({ url, key: KEY, wait: '200ms' });
  expect(code).toBe(3);
  expect(outputs['verdict']).toBe('inconclusive');
  expect(log).toMatch(/^::error title=hookproof%3A the receiver is not ready::/m);
});

test('what stands in an input is never run', async () => {
  const { url, probe } = await startDemo();
  const proof = join(await createFolder(), 'proof');
  const evil = `$(touch ${proof})\`touch ${proof}\`"; touch ${proof}; "'; touch ${proof} #`;
  const { code, outputs } = await runAction({
    ...{ url: `${url}?${evil}`, probe, key: evil, wait: '', junit: evil.replaceAll('/', '_') },
    arguments: `${QUICK}\n--header\nX-Evil: ${evil}`,
  });
  expect(code).not.toBe(0);
  expect(outputs['verdict']).toBe('inconclusive');
  expect(existsSync(proof)).toBe(false);
});

test('inputs reach scripts by the environment alone', () => {
  for (const { run } of action.runs.steps) expect(run).not.toContain('${{');
});

test('installs another version than the project has', async () => {
  const { url, probe } = await startDemo();
  const other = await createFolder();
  await writeFile(
    join(other, 'package.json'),
    JSON.stringify({ name: 'hookproof', version: '9.9.9', bin: { hookproof: 'other.cjs' } }),
  );
  await writeFile(
    join(other, 'other.cjs'),
    `#!/usr/bin/env node\nconsole.log('the other one');\nrequire(${JSON.stringify(binary)});\n`,
    { mode: 0o755 },
  );
  const { code, log } = await runAction({
    ...{ url, probe, key: KEY, wait: '', arguments: QUICK, version: `file:${other}` },
  });
  expect({ code, log }).toMatchObject({ code: 0 });
  expect(log).toContain('the other one');
});

const hasShellcheck = spawnSync('shellcheck', ['--version']).status === 0;

test.skipIf(!hasShellcheck)('shellcheck has nothing to say of the scripts', () => {
  const scripts = action.runs.steps.map(({ run }) => run);
  for (const input of scripts) {
    const { stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], { input, encoding: 'utf8' });
    expect(stdout).toBe('');
  }
  const { stdout } = spawnSync('shellcheck', ['--severity=warning', '.ci/run'], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
});
