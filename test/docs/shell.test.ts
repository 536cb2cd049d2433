/** What the pages show is run: each command, with the output that follows it. */
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { key, startReal } from '../cli/receivers.js';
import { createFolder } from '../cli/run.js';
import { freePort } from '../cli/serving.js';
import { readPage, root } from './pages.js';
import { examplesIn, runShell } from './shell.js';

/** Several runs of the command line, on a machine that may be busy. */
const SLOW = { timeout: 180_000 };

/** The commands that install or test everything: `.ci/run` and the reader do those. */
const INSTALLS = /^npm ci/;

const words = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** In place of the receiver that pages speak of, and of the key that they leave out. */
const here = (command: string, receiver: string): string =>
  command
    .replaceAll('http://localhost:3000', new URL(receiver).origin)
    .replaceAll('HOOKPROOF_KEY=…', `HOOKPROOF_KEY=${key}`);

test.each(['README.md', 'docs/verify.md'])('%s, against a right receiver', SLOW, async (page) => {
  const right = await startReal('hono');
  const cwd = await createFolder();
  const examples = examplesIn(page).filter(({ command }) => !INSTALLS.test(command));
  expect(examples.length).toBeGreaterThan(0);
  for (const { command } of examples) {
    const { code, stderr } = await runShell(here(command, right.url), {
      cwd,
      env: { HOOKPROOF_KEY: key },
    });
    expect({ command, code, stderr }).toMatchObject({ command, code: 0 });
  }
});

test.each([
  ['docs/simulate.md', 2],
  ['docs/disable-rule.md', 7],
  ['docs/forecast.md', 1],
])('%s, with what it shows', SLOW, async (page, many) => {
  const cwd = await createFolder();
  await mkdir(join(cwd, 'docs/pictures'), { recursive: true });
  const examples = examplesIn(page);
  expect(examples).toHaveLength(many);
  for (const { command, output } of examples) {
    const { code, stdout, stderr } = await runShell(command, { cwd, env: {} });
    expect({ command, code, stderr }).toMatchObject({ command, code: 0 });
    // Ten runs in place of four hundred give other figures; test/virtual holds those of the engine.
    if (command.includes('forecast')) continue;
    const printed = stdout.split('\n').map(words);
    // A page may leave lines out, or break a sentence elsewhere.
    for (const part of output.split('\n\n')) {
      if (words(stdout).includes(words(part))) continue;
      for (const line of part.split('\n').map(words)) expect(printed).toContain(line);
    }
  }
});

test('the scenario of docs/simulate.md is played', SLOW, async () => {
  const cwd = await createFolder();
  const [scenario] = readPage('docs/simulate.md').blocks.filter(
    ({ language }) => language === 'json',
  );
  await writeFile(join(cwd, 'scenario.json'), scenario?.code ?? '');
  const { code, stderr } = await runShell('npx hookproof simulate scenario.json', { cwd, env: {} });
  expect({ code, stderr }).toMatchObject({ code: 0 });
});

test('docs/doctor.md, against a receiver that parses JSON only', SLOW, async () => {
  const app = express();
  app.use(express.json());
  app.post('/webhooks/truora', (_request, response) => void response.sendStatus(400));
  const server = createServer(app);
  const port = await freePort();
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve);
  });
  onTestFinished(() => void server.close());
  const right = await startReal('hono');
  const [first, second, ...more] = examplesIn('docs/doctor.md');
  expect(more).toEqual([]);
  const cwd = await createFolder();
  const broken = await runShell((first?.command ?? '').replaceAll('4317', String(port)), {
    cwd,
    env: { HOOKPROOF_KEY: undefined },
  });
  expect(broken.code).toBe(1);
  const [, finding = ''] = /\n\n(BLOCKS[\s\S]*body\/json-only)/.exec(first?.output ?? '') ?? [];
  expect(finding).not.toBe('');
  expect(words(broken.stdout)).toContain(words(finding));
  const ready = await runShell(second?.command ?? '', {
    cwd,
    env: {
      HOOKPROOF_KEY: key,
      URL: right.url,
      PROBE: `${new URL(right.url).origin}/records?id={eventId}`,
    },
  });
  expect(ready).toMatchObject({ code: 0 });
});

/** The receiver that docs/getting-started.md gives to its readers, and its page's commands after it. */
const copyReceiver = async (): Promise<{ readonly cwd: string; readonly port: number }> => {
  const cwd = await createFolder();
  const port = await freePort();
  const [receiver] = readPage('docs/getting-started.md').blocks.filter(
    ({ language }) => language === 'js',
  );
  await symlink(join(root, 'node_modules'), join(cwd, 'node_modules'));
  await writeFile(
    join(cwd, 'receiver.mjs'),
    (receiver?.code ?? '').replace('listen(3000)', `listen(${port})`),
  );
  return { cwd, port };
};

const LISTENING = (port: number): string =>
  `until (echo > /dev/tcp/localhost/${port}) 2>/dev/null; do sleep 0.05; done`;

test('docs/getting-started.md, word for word', SLOW, async () => {
  const { cwd, port } = await copyReceiver();
  const [install, start, verdict, doctor, all, ...more] = examplesIn('docs/getting-started.md');
  expect([install?.command, more]).toEqual(['npm ci\n', []]);
  const steps = [
    `${start?.command}${LISTENING(port)}`,
    verdict?.command,
    doctor?.command,
    all?.command,
  ];
  const { stdout, stderr } = await runShell(
    `${steps.map((step) => `${step}\necho "ended with $?"`).join('\n')}\nkill %1`.replaceAll(
      'localhost:3000',
      `localhost:${port}`,
    ),
    { cwd, env: {} },
  );
  const ended = stdout.match(/^ended with \d+$/gm);
  expect({ ended, stderr, stdout }).toMatchObject({
    ended: [0, 1, 0, 0].map((code) => `ended with ${code}`),
  });
  expect(stdout).toContain(verdict?.output ?? '?');
});

/** The steps of a shell, and those that Jenkins gives to one. */
const stepsOfCi = (): readonly string[] => {
  const { blocks } = readPage('docs/ci.md');
  const codeOf = (wanted: string): string =>
    blocks.find(({ language }) => language === wanted)?.code ?? '';
  const [, inGroovy = ''] = /sh '''\n([\s\S]*)'''/.exec(codeOf('groovy')) ?? [];
  return [codeOf('sh'), inGroovy.replace(/^ *npm ci$/m, '')];
};

test.each(stepsOfCi())('docs/ci.md, started and verified by %j', SLOW, async (steps) => {
  expect(steps).toContain('npm start &');
  const { cwd, port } = await copyReceiver();
  await writeFile(
    join(cwd, 'package.json'),
    JSON.stringify({ private: true, scripts: { start: 'node receiver.mjs' } }),
  );
  const origin = `http://localhost:${port}`;
  const { code, stdout, stderr } = await runShell(
    `set -em\ntrap 'kill %1' EXIT\n${steps}\nls hookproof.junit.xml`,
    {
      cwd,
      env: {
        HOOKPROOF_KEY: key,
        URL: `${origin}/webhooks/truora`,
        PROBE: `${origin}/records?id={eventId}`,
      },
    },
  );
  expect({ code, stdout, stderr }).toMatchObject({ code: 0 });
});

test('docs/fuzz.md, against the same receiver', SLOW, async () => {
  const { cwd, port } = await copyReceiver();
  const [example, ...more] = examplesIn('docs/fuzz.md');
  expect(more).toEqual([]);
  const command = here(example?.command ?? '', `http://localhost:${port}`).replace(
    / --sink-listen 9090/,
    '',
  );
  const { stdout, stderr } = await runShell(
    `export HOOKPROOF_KEY=${key}\nnode receiver.mjs &\n${LISTENING(port)}\n${command}\nkill %1`,
    { cwd, env: {} },
  );
  expect({ stdout, stderr }).toMatchObject({
    stdout: expect.stringContaining(
      'two copies of A at the same moment → 2 effects of A',
    ) as string,
  });
});
