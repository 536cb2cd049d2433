import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { casesFor, quickCasesFor, shareOfCases } from '../../cli/self-test/choice.js';
import { formatResult, formatRow } from '../../cli/self-test/format.js';
import type { SelfTestResult } from '../../cli/self-test/record.js';
import type { MatrixRow } from '../../cli/self-test/row.js';
import { isClean, scoreOf } from '../../cli/self-test/score.js';
import { partOf, subjects } from '../../cli/self-test/subjects.js';
import { contractCases } from '../../contracts/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import type { Mutant } from '../../fixtures/receivers/mutants/index.js';
import { createFolder, hookproof, start } from './run.js';

const rowWith = (changes: Partial<MatrixRow>): MatrixRow => ({
  id: 'mutant',
  catalogue: 'M01',
  seed: 1,
  wanted: 'fail',
  verdict: 'failed',
  right: true,
  must: [],
  should: [],
  may: [],
  failed: [],
  judged: [],
  symptoms: {},
  causes: [],
  durationMs: 1500,
  ...changes,
});

const cases = [
  { id: 'a/first', level: 'must' },
  { id: 'a/second', level: 'must' },
  { id: 'a/third', level: 'should' },
  { id: 'a/idle', level: 'must' },
  { id: 'a/unasked', level: 'must' },
  { id: 'a/hygiene', level: 'must', hygiene: true },
] as const;

const judged = ['a/first', 'a/second', 'a/third', 'a/idle', 'a/hygiene'];

describe('the score', () => {
  test('counts mutants by the list that they come from', () => {
    const rows = ['M01', 'N01', 'H01', 'W01', 'X01', 'Y01'].map((catalogue) =>
      rowWith({ id: catalogue, catalogue, right: catalogue !== 'Y01' }),
    );
    expect(scoreOf(rows, cases).groups).toEqual([
      { name: 'verification', told: 1, of: 1 },
      { name: 'idempotency', told: 1, of: 1 },
      { name: 'http', told: 1, of: 1 },
      { name: 'seen in real receivers', told: 1, of: 1 },
      { name: 'our own', told: 1, of: 2 },
    ]);
  });

  test('names survivors, and those that no case can tell', () => {
    const score = scoreOf(
      [
        rowWith({ id: 'told' }),
        rowWith({ id: 'missed', right: false }),
        rowWith({ id: 'later', right: false, outOfReach: 'only V999 would tell' }),
        rowWith({ id: 'told-all-the-same', outOfReach: 'only V999 would tell' }),
      ],
      cases,
    );
    expect(score.survivors).toEqual(['missed']);
    expect(score.outOfReach).toEqual([{ id: 'later', why: 'only V999 would tell' }]);
    expect(isClean(score)).toBe(false);
  });

  test('takes a mutant for told only if it is with every seed', () => {
    const rows = [rowWith({}), rowWith({ seed: 2, right: false })];
    expect(scoreOf(rows, cases).survivors).toEqual(['mutant']);
    expect(scoreOf(rows.slice(0, 1), cases).survivors).toEqual([]);
  });

  test('names what one case alone tells, by the cases that count for it', () => {
    const rows = [
      rowWith({ id: 'one', failed: ['a/first', 'a/third'], judged }),
      rowWith({ id: 'two', failed: ['a/first', 'a/second'], judged }),
      rowWith({ id: 'warned', wanted: 'should-finding', failed: ['a/third'], judged }),
      rowWith({ id: 'no-verdict', wanted: 'fail-or-no-verdict', failed: [], judged }),
    ];
    expect(scoreOf(rows, cases).toldByOne).toEqual([
      { mutant: 'one', by: 'a/first' },
      { mutant: 'warned', by: 'a/third' },
    ]);
  });

  test('names cases that told no mutant, and those that judged none', () => {
    const rows = [
      rowWith({ failed: ['a/first', 'a/second', 'a/third'], judged }),
      rowWith({ id: 'right', wanted: 'correct', catalogue: null, judged: ['a/unasked'] }),
    ];
    const { idle, unasked } = scoreOf(rows, cases);
    expect([idle, unasked]).toEqual([['a/idle'], ['a/unasked']]);
  });

  test('names false alarms with the cases that accused', () => {
    const accused = rowWith({
      id: 'accused',
      wanted: 'correct',
      right: false,
      failed: ['a/first', 'a/third'],
    });
    const score = scoreOf([accused, rowWith({ id: 'fine', wanted: 'correct' })], cases);
    expect(score.correct).toBe(2);
    expect(score.falseAlarms).toEqual([{ id: 'accused', failed: ['a/first'] }]);
    expect(isClean(score)).toBe(false);
  });

  test('is clean where all is as wanted', () => {
    expect(isClean(scoreOf([rowWith({ byListedRow: false })], cases))).toBe(true);
    expect(scoreOf([rowWith({ byListedRow: false })], cases).byOtherRows).toEqual(['mutant']);
  });
});

describe('the text', () => {
  test.each([
    [{ must: ['V030'], should: ['V062'], may: ['P38'] }, 'ok', 'V030 (V062) [P38]'],
    [{ byListedRow: false, must: ['V030'] }, 'other', 'V030'],
    [{ right: false }, 'WRONG', ''],
    [{ right: false, outOfReach: 'only V9 would tell' }, 'later', 'only V9 would tell'],
    [{ right: false, fault: 'ended with 1: no message' }, 'FAULT', 'ended with 1: no message'],
    [
      { must: Array.from({ length: 16 }, (_unused, index) => `V${index}`) },
      'ok',
      `${Array.from({ length: 14 }, (_unused, index) => `V${index}`).join(' ')} +2`,
    ],
  ])('of a row %j begins with %s', (changes, mark, told) => {
    const line = formatRow(rowWith(changes));
    expect(line.startsWith(`${mark} `)).toBe(true);
    expect(line.endsWith(`1.5 s  ${told}`.trimEnd())).toBe(true);
  });

  const result: SelfTestResult = {
    tool: { name: 'hookproof', version: '1' },
    seeds: [1, 2],
    quick: true,
    partial: false,
    runs: 4,
    durationMs: 61_000,
    skipped: [],
    rows: [rowWith({ failed: ['a/first'], judged })],
    score: scoreOf([rowWith({ failed: ['a/first'], judged })], cases),
  };

  test('says how far it came', () => {
    expect(formatResult(result)).toMatch(/\n1 of 4 runs, seeds 1 to 2, quick, 61 s$/);
    expect(formatResult({ ...result, runs: 1, seeds: [7] })).toMatch(/\n1 runs, seed 7, /);
  });

  test('names idle cases of a whole run only', () => {
    expect(formatResult(result)).toContain('told no mutant: 3\n  a/second a/third a/idle\n');
    expect(formatResult({ ...result, partial: true })).toContain('told no mutant: 3\nfalse alarms');
    expect(formatResult(result)).toContain('  a/first (mutant)\n');
  });
});

describe('a quick run', () => {
  test('asks a mutant its listed rows and a handful of others', () => {
    const mutant = mutants.find(({ id }) => id === 'accepts-alg-none') as Mutant;
    const chosen = quickCasesFor(mutant);
    expect(chosen).toContain('verification/alg-none');
    expect(chosen).toContain('transport/still-takes-genuine');
    expect(chosen.length).toBeLessThan(30);
    expect(chosen.length).toBeLessThan(casesFor(mutant).length);
  });

  test('asks right receivers a third each, and everything together', () => {
    const shares = [0, 1, 2].map(shareOfCases);
    const together = new Set(shares.flat());
    const all = contractCases.map(({ id }) => id);
    expect(all.filter((id) => !together.has(id))).toEqual(['idempotency/copy-after-thousands']);
    for (const share of shares) {
      expect(share).toContain('verification/canonical-token');
      expect(share.length).toBeLessThan(all.length / 2.5);
    }
  });

  test('has cases for every mutant', () => {
    const without = mutants.filter((mutant) => quickCasesFor(mutant).length < 6);
    expect(without).toEqual([]);
  });
});

test('parts of the mutants are all of them together, each beside every right receiver', () => {
  const parts = [1, 2, 3].map((number) => partOf(subjects, { number, of: 3 }));
  expect(new Set(parts.flat())).toEqual(new Set(subjects));
  const right = subjects.filter(({ mutant }) => mutant === undefined);
  expect(parts.flat()).toHaveLength(subjects.length + 2 * right.length);
});

test('every receiver has an id of its own', () => {
  const ids = subjects.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('the command', () => {
  test('judges mutants and right receivers, and says so as JSON', async () => {
    const names = ['reference', 'accepts-alg-none', 'hidden-404'];
    const args = ['self-test', '--quick', '--only', names.join(','), '--seed', '7', '--json'];
    const { code, stdout, stderr } = await hookproof(args);
    const { rows, score, runs } = JSON.parse(stdout) as SelfTestResult;
    expect([code, stderr, runs]).toEqual([0, '', 3]);
    expect(rows.map(({ id, verdict, seed }) => [id, verdict, seed])).toEqual([
      ['reference', 'passed', 7],
      ['hidden-404', 'passed', 7],
      ['accepts-alg-none', 'failed', 7],
    ]);
    const [right, , mutant] = rows;
    expect(mutant?.failed).toContain('verification/alg-none');
    expect(mutant?.judged).toEqual(expect.arrayContaining([...(mutant?.failed ?? [])]));
    expect(right?.judged.length).toBeGreaterThan(80);
    expect([score.survivors, score.falseAlarms, score.correct]).toEqual([[], [], 2]);
  }, 60_000);

  test('prints a line a run and the score, and writes the file', async () => {
    const file = join(await createFolder(), 'matrix.json');
    const args = ['self-test', '--quick', '--only', 'M11', '--seeds', '2', '--json', file];
    const { code, stdout } = await hookproof(args);
    expect(stdout.match(/^ok {5}accepts-alg-none /gm)).toHaveLength(2);
    expect(stdout).toContain('\nmutants judged as wanted: 1 of 1\n  verification');
    expect(stdout).toMatch(/\n2 runs, seeds 1 to 2, quick, \d+ s\n$/);
    const { rows } = JSON.parse(await readFile(file, 'utf8')) as SelfTestResult;
    expect(rows.map(({ seed }) => seed)).toEqual([1, 2]);
    expect(code).toBe(0);
  });

  test('prints the score so far when it is interrupted', async () => {
    const only = 'blocks-400-ms,accepts-alg-none';
    const { child, finished, output } = start(['self-test', '--quick', '--only', only]);
    while (!output.stdout.includes('accepts-alg-none')) {
      await new Promise((resolve) => child.stdout.once('data', resolve));
    }
    child.kill('SIGINT');
    const { code, stdout, stderr } = await finished;
    expect(stdout).toMatch(/\n1 of 2 runs, seed 1, quick, \d+ s\n$/);
    expect(stdout).not.toContain('FAULT');
    expect(stderr).toContain('interrupted');
    expect(code).toBe(130);
  });

  test.each([
    ['an unknown receiver', ['--only', 'accepts-alg-nome'], 'did you mean accepts-alg-none?'],
    ['a bad number of seeds', ['--seeds', '0'], 'Expected a whole number'],
    ['a folder that is not there', ['--json', '/no/such/folder/x.json'], 'cannot write /no/such'],
  ])('ends with 2 for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await hookproof(['self-test', ...args]);
    expect(stderr).toContain(says);
    expect([code, stdout]).toEqual([2, '']);
  });
});
