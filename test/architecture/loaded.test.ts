/**
 * What the main jobs load when they really run: nothing of the stand-in, its database or its queue. V8
 * names every script that was loaded in the coverage that NODE_V8_COVERAGE has it write.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { key, startScripted } from '../cli/receivers.js';
import { createFolder, hookproof } from '../cli/run.js';
import { startServe } from '../cli/serving.js';

const HEAVY =
  /\/dist\/simulator\/server\/|\/node_modules\/(?:@electric-sql|@hono|hono|pg|pg-boss|nodemailer|pino|prom-client)\//;

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Files that the processes loaded which left their coverage in a folder. */
const loadedIn = async (folder: string): Promise<readonly string[]> => {
  const names = await readdir(folder);
  const texts = await Promise.all(names.map(async (name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) =>
    (JSON.parse(text) as Coverage).result
      .map(({ url }) => url)
      .filter((url) => url.startsWith('file:')),
  );
};

test.each<readonly [string, readonly string[], RegExp]>([
  ['verify', ['verify', '--demo', '--only', 'V030'], /\/dist\/contracts\/runner\//],
  ['fuzz', ['fuzz', '--demo', '--max-runs', '1'], /\/dist\/contracts\/schedule\//],
  ['simulate', ['simulate', 'total-outage'], /\/dist\/simulator\/virtual\//],
  ['list', ['list', 'events'], /\/dist\/simulator\/catalog\//],
  ['send', ['send', '--event', 'checks.finished'], /\/dist\/simulator\/sender\//],
  ['doctor', ['doctor'], /\/dist\/contracts\/doctor\//],
])('%s loads nothing of the stand-in', async (command, args, itsOwn) => {
  const folder = await createFolder();
  const { url } = await startScripted();
  const needsUrl = command === 'send' || command === 'doctor';
  const { code, stderr } = await hookproof([...args, ...(needsUrl ? [url] : [])], {
    NODE_V8_COVERAGE: folder,
    HOOKPROOF_KEY: key,
  });
  expect({ command, code, stderr }).toMatchObject({ code: 0 });
  const loaded = await loadedIn(folder);
  expect(loaded.some((file) => itsOwn.test(file))).toBe(true);
  expect(loaded.filter((file) => HEAVY.test(file))).toEqual([]);
});

test('serve loads its database and its queue, which shows that the test would see them', async () => {
  const folder = await createFolder();
  const { stop } = await startServe(['--data', await createFolder()], {
    env: { NODE_V8_COVERAGE: folder },
  });
  await stop();
  const loaded = await loadedIn(folder);
  for (const name of ['@electric-sql/pglite', 'pg-boss']) {
    expect(loaded.some((file) => file.includes(`/node_modules/${name}/`))).toBe(true);
  }
});
