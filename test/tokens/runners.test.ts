/** The runners beside the vectors, in the languages that are here. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import type { Vector, VectorFile } from './generate.js';
import { folder, readVectors } from './read.js';

const path = fileURLToPath(folder);
const copies: string[] = [];

afterAll(() => copies.forEach((copy) => rmSync(copy, { recursive: true, force: true })));

const turnedRound = (one: Vector): Vector => ({
  ...one,
  result: one.result === 'must-reject' ? 'must-accept' : 'must-reject',
});

/** The folder with one vector's result turned round. */
const withWrong = (family: string, id: string): string => {
  const copy = mkdtempSync(join(tmpdir(), 'hookproof-tokens-'));
  copies.push(copy);
  cpSync(path, copy, { recursive: true });
  const name = join(copy, `${family}.json`);
  const file = JSON.parse(readFileSync(name, 'utf8')) as VectorFile;
  const vectors = file.vectors.map((one) => (one.id === id ? turnedRound(one) : one));
  writeFileSync(name, JSON.stringify({ ...file, vectors }));
  return copy;
};

const commands = [
  ['run.mjs', process.execPath],
  ['run.py', 'python3'],
  ['run.php', 'php'],
] as const;

describe.each(commands)('%s', (script, command) => {
  const absent = spawnSync(command, ['--version']).error !== undefined;
  const reason = absent ? ` (there is no ${command} here)` : '';

  const run = (from: string) => {
    const { status, stdout, stderr } = spawnSync(command, [join(from, script)], {
      encoding: 'utf8',
    });
    return { status, lines: stdout.trim().split('\n'), stderr };
  };

  test.skipIf(absent)(`agrees with every vector${reason}`, () => {
    const total = readVectors().length;
    expect(run(path)).toEqual({
      status: 0,
      lines: [`${total} vectors, ${total} agree`],
      stderr: '',
    });
  });

  test.skipIf(absent).each([
    ['lenient-decoding', 'V133', 'must-accept (should)', 0],
    ['mac-not-compared', 'V101', 'must-accept (must)', 1],
    ['genuine-deliveries', 'V016', 'must-reject (should)', 0],
    ['genuine-deliveries', 'V015', 'must-reject (must)', 1],
  ])(`differs from a false %s %s${reason}`, (family, id, result, code) => {
    const total = readVectors().length;
    const { status, lines } = run(withWrong(family, id));
    expect({ status, lines }).toEqual({
      status: code,
      lines: [`${total} vectors, ${total - 1} agree`, `${id}: ${result}`],
    });
  });
});
