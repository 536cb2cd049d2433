import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SelfTestResult } from '../../cli/self-test/record.js';
import type { MatrixRow } from '../../cli/self-test/row.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const expectedFile = new URL('expected.json', import.meta.url);

/** Into how many parts the mutants fall. */
const PARTS = 10;

/**
 * A part of the mutants, chosen by the commit, so that one commit always asks the same and a few ask
 * all; HOOKPROOF_MATRIX=full asks all at once, as `npm run kill-matrix` does.
 */
const partArgs = (): readonly string[] => {
  if (process.env['HOOKPROOF_MATRIX'] === 'full' || process.env['UPDATE_MATRIX'] !== undefined) {
    return [];
  }
  const { stdout } = spawnSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
  const number = ((Number.parseInt(stdout?.slice(0, 8) ?? '', 16) || 0) % PARTS) + 1;
  process.stdout.write(`part ${number} of ${PARTS} of the mutants\n`);
  return ['--part', `${number}/${PARTS}`];
};

/** What is pinned of a row; which rows told a mutant may differ where its defect is a race. */
const pinned = ({ id, wanted, right, outOfReach }: MatrixRow) => ({
  id,
  wanted,
  told: right,
  ...(outOfReach === undefined ? {} : { outOfReach }),
});

/** What tells why a row is not right. */
const inShort = ({ id, failed, fault }: MatrixRow) => ({ id, failed, fault });

describe('the kill matrix, every receiver over real HTTP', () => {
  let folder = '';
  let rows: readonly MatrixRow[] = [];
  let result: SelfTestResult;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookproof-matrix-test-'));
    const file = join(folder, 'matrix.json');
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [binary, 'self-test', '--quick', '--at-once', '4', ...partArgs(), '--json', file],
      { maxBuffer: 1 << 24 },
    ).catch((error: { readonly stdout: string }) => error);
    process.stdout.write(stdout);
    result = JSON.parse(await readFile(file, 'utf8')) as SelfTestResult;
    rows = result.rows;
    if (process.env['UPDATE_MATRIX'] !== undefined) {
      await writeFile(expectedFile, `${JSON.stringify(rows.map(pinned), null, 2)}\n`);
    }
  }, 1_200_000);

  afterAll(async () => rm(folder, { recursive: true, force: true }));

  test('accuses no correct receiver', () => {
    const correct = rows.filter(({ wanted }) => wanted === 'correct' || wanted === 'pass');
    expect(correct.length).toBeGreaterThanOrEqual(25);
    expect(correct.filter(({ right }) => !right).map(inShort)).toEqual([]);
  });

  test('finds out every mutant that its cases can reach', () => {
    const missed = rows.filter(({ right, outOfReach }) => !right && outOfReach === undefined);
    expect(missed.map(inShort)).toEqual([]);
  });

  test('stands as it was pinned, but for what this machine cannot run', async () => {
    const expected = JSON.parse(await readFile(expectedFile, 'utf8')) as readonly MatrixRow[];
    const asked = new Set(rows.map(({ id }) => id));
    expect(rows.map(pinned)).toEqual(expected.filter(({ id }) => asked.has(id)));
    expect(asked.size).toBeGreaterThan(expected.length / PARTS);
  });
});
