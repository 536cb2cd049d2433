import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openJournal } from '../../simulator/capture/journal.js';
import { createFolder } from '../cli/run.js';

const LINE = 'x'.repeat(99);

const open = async (folder: string, { rotateBytes = 1000, keep = 10 } = {}) =>
  openJournal({ folder, rotateBytes, keep });

test('writes whole lines in order, also when they come at once', async () => {
  const folder = await createFolder();
  const journal = await open(join(folder, 'new', 'folder'), { rotateBytes: 1e6 });
  await Promise.all(
    Array.from({ length: 200 }, async (_, turn) => journal.append(`${turn} ${LINE}`)),
  );
  const text = await readFile(journal.file(), 'utf8');
  await journal.close();
  expect(text).toBe(Array.from({ length: 200 }, (_, turn) => `${turn} ${LINE}\n`).join(''));
});

test('begins a new file where a line would make it too long, and keeps the newest', async () => {
  const folder = await createFolder();
  const journal = await open(folder, { rotateBytes: 1000, keep: 3 });
  for (let turn = 0; turn < 45; turn++) await journal.append(LINE);
  await journal.close();
  const names = (await readdir(folder)).toSorted();
  expect(names).toEqual([
    'capture-000003.ndjson',
    'capture-000004.ndjson',
    'capture-000005.ndjson',
  ]);
  const lengths = await Promise.all(
    names.map(async (name) => (await readFile(join(folder, name))).length),
  );
  expect(lengths).toEqual([1000, 1000, 500]);
});

test('writes a line that is longer than a file may be into a file of its own', async () => {
  const folder = await createFolder();
  const journal = await open(folder, { rotateBytes: 50 });
  await journal.append(LINE);
  await journal.append('short');
  await journal.close();
  expect((await readdir(folder)).toSorted()).toEqual([
    'capture-000001.ndjson',
    'capture-000002.ndjson',
  ]);
});

test('goes on after the files of earlier runs, touches no others, and leaves no empty file', async () => {
  const folder = await createFolder();
  await writeFile(join(folder, 'capture-000041.ndjson'), '');
  await writeFile(join(folder, 'capture-notes.txt'), 'mine');
  const journal = await open(folder, { keep: 1 });
  expect(journal.file()).toBe(join(folder, 'capture-000042.ndjson'));
  await journal.close();
  expect(await readdir(folder)).toEqual(['capture-notes.txt']);
});

test('two at once write into files of their own', async () => {
  const folder = await createFolder();
  const journals = await Promise.all([open(folder), open(folder)]);
  expect(new Set(journals.map(({ file }) => file())).size).toBe(2);
  for (const journal of journals) await journal.close();
});

test.each([
  ['below a file', 'file/captures', 'ENOTDIR'],
  ['that is a file', 'file', 'ENOTDIR'],
])('refuses a folder %s', async (_what, path, code) => {
  const folder = await createFolder();
  await writeFile(join(folder, 'file'), '');
  await expect(open(join(folder, path))).rejects.toMatchObject({
    code: 'invalid_argument',
    message: `cannot write captures into ${join(folder, path)} (${code})`,
  });
});

test('refuses a folder that may not be written to', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('root may write anywhere');
  const folder = join(await createFolder(), 'closed');
  await mkdir(folder, { mode: 0o555 });
  await expect(open(folder)).rejects.toThrow('(EACCES)');
});
