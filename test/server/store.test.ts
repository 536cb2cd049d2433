/** What an embedded stand-in keeps, and from whom. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStandIn } from '../../simulator/server/open.js';
import { lockFolder } from '../../simulator/server/store/lock.js';
import { createSeal } from '../../simulator/server/store/seal.js';
import { listenFor, standInOptions } from './stand-in.js';

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

test('goes on where it was: the clock, what waits and the sealed keys', async () => {
  const database = { kind: 'embedded', folder: newFolder() } as const;
  const receiver = await listenFor();
  receiver.answer(500);
  const options = standInOptions({ database, secret: 'one' });
  const first = await openStandIn(options);
  const key = 'ab'.repeat(32);
  const hook = await first.hooks.create({
    eventType: 'all',
    subscriberType: 'web',
    subscriberUrl: receiver.url,
    signingKey: key,
  });
  const { events } = await first.emit({ event: 'checks.finished' });
  await first.clock.advance(40_000);
  const stoodMs = first.clock.nowMs();
  await expect(openStandIn(options)).rejects.toMatchObject({
    code: 'invalid_argument',
    message: `${database.folder} is in use by process ${process.pid}`,
  });
  await first.close();

  await expect(openStandIn({ ...options, secret: 'another' })).rejects.toMatchObject({
    message: 'the signing keys are encrypted: the secret is another one',
  });
  await expect(openStandIn({ ...options, secret: undefined })).rejects.toMatchObject({
    message: 'the signing keys are encrypted: no secret is set',
  });
  await expect(openStandIn({ ...options, clock: 'real' })).rejects.toMatchObject({
    message: 'this store goes by a test clock',
  });

  const second = await openStandIn(options);
  onTestFinished(async () => second.close());
  expect(second.clock.nowMs()).toBe(stoodMs);
  expect(await second.hooks.signingKey(hook.id)).toBe(key);
  receiver.answer(200);
  await second.clock.advance(3_600_000);
  const attempts = await second.events.attemptsOf(events[0]?.id ?? '');
  expect(attempts.map(({ next }) => next)).toEqual(['retry', 'retry', 'delivered']);
  await second.clock.advance(61 * 24 * 3_600_000);
  expect((await second.events.list()).rows).toEqual([]);
}, 90_000);

test('takes a folder over from a process that is gone', async () => {
  const folder = newFolder();
  const file = join(folder, 'lock.json');
  const gone = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => {
    gone.once('exit', resolve);
  });
  writeFileSync(file, JSON.stringify({ pid: gone.pid, began: null }));
  const unlock = lockFolder(folder);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.pid}`);
  unlock();
  lockFolder(folder)();
});

test('leaves a folder to a process that lives', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: process.ppid, began: null }));
  expect(() => lockFolder(folder)).toThrow(`is in use by process ${process.ppid}`);
});

test('asks the age of a lock whose holder lives in another container', () => {
  const folder = newFolder();
  const file = join(folder, 'lock.json');
  writeFileSync(file, JSON.stringify({ pid: process.pid, began: null, space: 'pid:[1]' }));
  expect(() => lockFolder(folder)).toThrow(
    `is in use by process ${process.pid} of another container`,
  );
  const leftAt = new Date(Date.now() - 21_000);
  utimesSync(file, leftAt, leftAt);
  const unlock = lockFolder(folder);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ pid: process.pid });
  unlock();
});

/** A process that lives until the test is over; after a moment it takes a lock as another would. */
const takesSoon = (folder: string): number => {
  const script = `const { rmSync, writeFileSync } = require('node:fs');
    setTimeout(() => {
      writeFileSync('lock.json', JSON.stringify({ pid: process.pid, began: null }));
      rmSync('lock.json.turn', { force: true });
    }, 200);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ['-e', script], { cwd: folder });
  onTestFinished(() => {
    child.kill();
  });
  return child.pid ?? 0;
};

test.each([
  { what: 'is being written by another process', lock: '', turn: false },
  { what: 'another process is taking over', lock: '{"pid":999999999,"began":"1"}', turn: true },
])('waits for a lock that $what', ({ lock, turn }) => {
  const folder = newFolder();
  writeFileSync(join(folder, 'lock.json'), lock);
  if (turn) writeFileSync(join(folder, 'lock.json.turn'), '');
  const pid = takesSoon(folder);
  expect(() => lockFolder(folder)).toThrow(`${folder} is in use by process ${pid}`);
});

test('says that the data in a folder is damaged', async () => {
  const folder = newFolder();
  const database = { kind: 'embedded', folder } as const;
  await (await openStandIn(standInOptions({ database }))).close();
  rmSync(join(folder, 'data', 'global', 'pg_control'));
  await expect(openStandIn(standInOptions({ database }))).rejects.toMatchObject({
    code: 'invalid_argument',
    remedy: 'name another folder if what is in it is damaged',
  });
});

test('seals each key anew, and opens it under its secret only', () => {
  const seal = createSeal('a secret');
  const [one, other] = [seal.close('key'), seal.close('key')];
  expect(one).not.toBe(other);
  expect(one).not.toContain('key');
  expect(seal.open(one)).toBe('key');
  expect(() => createSeal('another').open(one)).toThrow('authenticate');
});
