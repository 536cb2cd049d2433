import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolder, hookproof } from './run.js';

const EVEN = ['forecast', '--arrivals', 'constant'];

describe('a forecast', () => {
  test('is a table by rate, bars, and how to read them', async () => {
    const { code, stdout, stderr } = await hookproof([
      ...EVEN,
      '--rate',
      '1/min,10/min',
      '--rate',
      '1/20min',
      '--policy',
      'literal',
    ]);
    expect(stdout).toMatch(/^1\/min +31 min +31\.5 min +40 % +21 min +31 +3$/m);
    expect(stdout).toMatch(/^10\/min +31\.6 min +31\.6 min +40 % +20\.1 min +316 +35$/m);
    expect(stdout).toMatch(/^1\/20min +20 min +30 min +40 % +40 min +1 +1$/m);
    expect(stdout).toMatch(/^1\/20min \|=+-+ 20 min to 30 min$/m);
    expect(stdout).toContain('Assumed: policy literal, even arrivals, seed 1');
    expect(stdout).toContain('All figures are exact.');
    expect(stdout.split('\n').filter(({ length }) => length > 80)).toEqual([]);
    expect(stdout).not.toContain('\u001B');
    expect([code, stderr]).toEqual([0, '']);
  });

  test('of one rate has curves, intervals, and words', async () => {
    const { code, stdout } = await hookproof([
      'forecast',
      ...['--rate', '1/2min', '--runs', '40', '--horizon', '12h', '--outage', '25m'],
      ...['--events', 'checks.*=3,digital_identity.*=2', '--rejects', 'digital_identity.*'],
      ...['--policy', 'five', '--seed', '3'],
    ]);
    expect(stdout).toContain('Probability that an outage of such a length disables the hook\n');
    expect(stdout).toContain('Tolerated second outage, by the time since the recovery');
    expect(stdout).toContain('Probability that such a share of rejected events disables it within');
    const words = stdout.replaceAll('\n', ' ');
    expect(words).toMatch(/half of all instants less than [\d.]+ min \([\d.]+ min to [\d.]+ min\)/);
    expect(words).toMatch(
      /An outage of 25 min disables the hook with a probability of [\d.]+ % \(/,
    );
    expect(words).toContain('more than 44.4 % (4/9) of always rejected events');
    expect(words).toContain('Rejecting 40 % is not fatal in the long run, and within 12 h with');
    expect(words).toContain('Assumed: policy five, Poisson arrivals, seed 3, looking 12 h ahead');
    expect(words).toContain('Simulated from 40 runs');
    expect(stdout.split('\n').filter(({ length }) => length > 80)).toEqual([]);
    expect(code).toBe(0);
  });

  test('as JSON has all there is', async () => {
    const args = [...EVEN, '--rate', '1/5min', '--runs', '5', '--horizon', '6h', '--json'];
    const { code, stdout } = await hookproof(args);
    expect(JSON.parse(stdout)).toMatchObject({
      schemaVersion: 1,
      complete: true,
      forecasts: [
        {
          schemaVersion: 1,
          policyName: 'documented',
          rate: '1/5min',
          outage: {
            tolerated: [{ share: 0, ms: { method: 'exact', value: 1_800_000 } }, {}, {}, {}],
          },
          share: { fraction: { numerator: 2, denominator: 5 } },
          danger: { firstMs: 1_800_000 },
          retries: { retries: { method: 'exact', value: 6 } },
        },
      ],
    });
    expect(code).toBe(0);
  });

  test('that is interrupted tells what it found', async () => {
    // It interrupts itself as soon as it listens: a signal from outside may come too early.
    const preload = `process.on('newListener', (name) => {
      if (name === 'SIGINT') setImmediate(() => process.kill(process.pid, 'SIGINT'));
    });`;
    const { code, stdout, stderr } = await hookproof(
      ['forecast', '--rate', '1/min', '--runs', '1000000', '--json'],
      { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(preload)}` },
    );
    expect(JSON.parse(stdout)).toMatchObject({ complete: false, forecasts: [{ complete: false }] });
    expect(stderr).toBe('hookproof: interrupted; the figures are of the runs that were made\n');
    expect(code).toBe(130);
  });
});

describe('a policy from a file', () => {
  const run = async (text: string) => {
    const file = join(await createFolder(), 'policy.json');
    await writeFile(file, text);
    const finished = await hookproof([...EVEN, '--rate', '1/min,1/5min', '--policy', file]);
    return { ...finished, stderr: finished.stderr.replaceAll(file, 'policy.json') };
  };

  test('is one of documented with some fields replaced', async () => {
    const { code, stdout } = await run('{"attemptsMin": 1, "attemptsMax": 5}');
    expect(stdout).toMatch(/^1\/min +31 min .* 44\.4 % /m);
    expect(stdout.replaceAll('\n', ' ')).toContain('policy attemptsMax 5, attemptsMin 1');
    expect(code).toBe(0);
  });

  test.each([
    ['{"attemptsMin": 0}', 'policy.json: policy.attemptsMin: expected a whole number'],
    ['{"attempts": 1}', 'policy.json: policy.attempts: expected a field among attemptsMax'],
    ['[]', 'the policy policy.json is no object; write fields such as {"attemptsMin": 1}'],
    ['null', 'the policy policy.json is no object'],
    ['attemptsMin: 1', 'the policy policy.json is not JSON at line 1, column 1'],
  ])('%s is refused in one line', async (text, says) => {
    const { code, stdout, stderr } = await run(text);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(says);
    expect([code, stdout]).toEqual([2, '']);
  });
});

describe('wrong usage ends with 2 and one line', () => {
  test.each([
    ['a rate that is none', ['--rate', '10'], 'rate: expected a rate above 0 such as "10/min"'],
    ['a second rate that is none', ['--rate', '1/h,ten'], 'got "ten"'],
    ['too high a rate', ['--rate', '1000/ms'], 'at most 1000000 events in the window'],
    ['other arrivals', ['--arrivals', 'even'], 'Allowed choices are poisson, constant'],
    ['a policy that is none', ['--policy', 'litteral'], 'did you mean literal?'],
    ['a policy far from any', ['--policy', 'x'], 'one of documented, literal, five, or a JSON'],
    ['a policy that is not there', ['--policy', './no.json'], 'cannot read the policy ./no.json'],
    ['an outage that is none', ['--outage', 'soon'], 'outage: expected a duration'],
    ['a horizon that is none', ['--horizon', '0s'], 'horizon: expected a duration'],
    ['no runs', ['--runs', '0'], 'Expected a whole number from 1'],
    ['an event that is none', ['--events', 'check.*'], 'did you mean checks.*?'],
    ['a weight that is none', ['--events', 'checks.*=x'], 'expected a number from 0 on'],
    ['weights of nothing', ['--events', 'checks.*=0'], 'a weight above 0'],
    ['a rejected event that is none', ['--rejects', 'checks.finish'], 'mean checks.finished?'],
  ])('for %s', async (_what, args, says) => {
    const { code, stdout, stderr } = await hookproof(['forecast', ...args]);
    expect(stderr).toMatch(/^hookproof: .*\n$/);
    expect(stderr).toContain(says);
    expect([code, stdout]).toEqual([2, '']);
  });
});
