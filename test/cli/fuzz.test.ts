import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolder, hookproof } from './run.js';

const lines = (text: string): readonly string[] => text.trim().split('\n');

describe('hookproof fuzz', () => {
  test('finds a race, keeps it, and the file alone replays it', async () => {
    const folder = await createFolder();
    const args = ['fuzz', '--demo=check-then-insert', '--seed', '3', '--replay-dir', folder];
    const { code, stdout } = await hookproof(args);
    expect(code).toBe(1);
    expect(stdout).toContain('two copies of A at the same moment → 2 effects of A');
    const file = join(folder, 'schedule.at-most-once.json');
    expect(stdout).toContain(`hookproof replay ${file}`);
    expect(stdout).toContain('playSchedule(target, schedule,');
    for (let time = 1; time <= 3; time++) {
      const again = await hookproof(['replay', file]);
      expect(again.code).toBe(1);
      expect(again.stdout).toMatch(/^STILL FAILING {2}at-most-once/);
    }
  });

  test('prints JSON that scripts may rely on', async () => {
    const folder = await createFolder();
    const { code, stdout } = await hookproof([
      ...['fuzz', '--demo=no-deduplication', '--seed', '1'],
      ...['--report', 'json', '--replay-dir', folder],
    ]);
    expect(code).toBe(1);
    const file = join(folder, 'schedule.at-most-once.json');
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'failed',
      invariant: 'at-most-once',
      length: 2,
      sentence: 'a delivery of A, then A again → 2 effects of A',
      schedule: [
        { do: 'deliver', event: 'A' },
        { do: 'deliver', event: 'A' },
      ],
      replay: file,
    });
    expect(JSON.parse(await readFile(file, 'utf8'))).not.toHaveProperty('key');
  });

  test('passes a right receiver', async () => {
    const { code, stdout } = await hookproof(['fuzz', '--demo', '--max-runs', '20', '--seed', '1']);
    expect({ code, stdout: stdout.slice(0, 6) }).toEqual({ code: 0, stdout: 'PASSED' });
  });

  test.each([
    ['without effects', ['fuzz', 'http://127.0.0.1:9/', '--key', 'k'], '--probe'],
    ['without a receiver', ['fuzz'], '--demo'],
    ['with no runs', ['fuzz', '--demo', '--max-runs', '0'], '--max-runs'],
    ['with too many events', ['fuzz', '--demo', '--exhaustive', '4'], '--exhaustive'],
  ])('%s is wrong usage, told in one line', async (_what, args, mend) => {
    const { code, stdout, stderr } = await hookproof(args, { HOOKPROOF_KEY: undefined });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lines(stderr)).toHaveLength(1);
    expect(stderr).toContain(mend);
  });

  test('where nobody listens is no verdict', async () => {
    const { code, stdout } = await hookproof([
      ...[
        'fuzz',
        'http://127.0.0.1:9/',
        '--key',
        'a key',
        '--probe',
        'http://127.0.0.1:9/{eventId}',
      ],
    ]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^INCONCLUSIVE/);
  });
});
