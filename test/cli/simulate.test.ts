import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createFolder, hookproof, start } from './run.js';

interface Printed {
  readonly policy: { readonly attemptsMin: number };
  readonly hooks: readonly {
    readonly hook: string;
    readonly disabled: readonly Readonly<Record<string, unknown>>[];
    readonly attempts: number;
    readonly failed: number;
    readonly delivered: number;
    readonly exhausted: number;
    readonly lost: number;
  }[];
  readonly complete: boolean;
  readonly sentence: string;
  readonly ledger?: readonly Readonly<Record<string, unknown>>[];
}

const asJson = async (...args: readonly string[]): Promise<Printed> => {
  const { code, stdout, stderr } = await hookproof(['simulate', ...args, '--json']);
  expect({ code, fault: /fault/.test(stderr) }).toEqual({ code: 0, fault: false });
  return JSON.parse(stdout) as Printed;
};

const minutes = (count: number): number => Math.round(count * 60_000);

describe('the known answers, by the scenarios that come along', () => {
  test.each([
    { args: ['total-outage'], atMin: 31, failed: 113, counted: 141 },
    { args: ['total-outage', '--policy', 'literal'], atMin: 31, failed: 113, counted: 141 },
    { args: ['total-outage', '--rate', '10/min'], atMin: 31.6, failed: 1133, counted: 1416 },
    { args: ['total-outage', '--rate', '1/5min'], atMin: 30, failed: 23, counted: 28 },
    {
      args: ['total-outage', '--rate', '1/20min', '--policy', 'literal'],
      atMin: 20,
      failed: 5,
      counted: 6,
    },
    { args: ['total-outage', '--rate', '1/20min'], atMin: 40.5, failed: 10, counted: 10 },
    { args: ['poison-event', '--policy', 'literal'], atMin: 0, failed: 1, counted: 1 },
    { args: ['one-good-one-poison', '--policy', 'literal'], atMin: 42.5, failed: 5, counted: 6 },
    {
      args: ['one-good-one-poison', '--good', '2', '--policy', 'literal'],
      atMin: 170.5,
      failed: 1,
      counted: 1,
    },
  ])('$args: disabled after $atMin min, $failed of $counted', async (row) => {
    const { hooks } = await asJson(...row.args);
    expect(hooks[0]?.disabled[0]).toMatchObject({
      atMs: minutes(row.atMin),
      attempt: row.counted,
      failed: row.failed,
      counted: row.counted,
      reason: 'rule',
    });
  });

  test.each([['poison-event'], ['one-good-one-poison'], ['one-good-one-poison', '--good', '2']])(
    '%j stays enabled when ten attempts are needed',
    async (...args) => {
      const { hooks, policy } = await asJson(...args);
      expect(policy.attemptsMin).toBe(10);
      expect(hooks[0]).toMatchObject({ disabled: [], exhausted: 1, lost: 1 });
    },
  );

  test.each([
    { share: '50%', policy: 'documented', disabled: true },
    { share: '35%', policy: 'documented', disabled: false },
    { share: '40%', policy: 'five', disabled: false },
    { share: '50%', policy: 'five', disabled: true },
  ])('of steady traffic $share always rejected under $policy: $disabled', async (row) => {
    const { hooks } = await asJson('slow-bleed', '--share', row.share, '--policy', row.policy);
    expect(hooks[0]?.disabled.length === 1).toBe(row.disabled);
  });
});

describe('what is printed', () => {
  test('the console tells the attempts before the disabling and the outcome in words', async () => {
    const { code, stdout, stderr } = await hookproof(['simulate']);
    expect(code).toBe(0);
    expect(stderr).toContain('total-outage  seed 1');
    expect(stdout).toMatch(/^31m +main +#91 checks\.finished +1 +503 +113 of 141 +80\.1 % +0/m);
    expect(stdout).toContain('e-mail to creator@example.com and owner@example.com');
    expect(stdout.replaceAll('\n', ' ')).toContain(
      'main was disabled at 31m by attempt 141 of its window',
    );
    expect(stdout).not.toContain('\u001B');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThan(120);
  });

  test('--ledger prints every row, the same as --json, --ndjson and --csv have', async () => {
    const { ledger = [], ...result } = await asJson('recovery-drill', '--ledger');
    const ndjson = await hookproof(['simulate', 'recovery-drill', '--ndjson']);
    const csv = await hookproof(['simulate', 'recovery-drill', '--csv']);
    const text = await hookproof(['simulate', 'recovery-drill', '--ledger']);
    const lines = ndjson.stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(ledger);
    expect(csv.stdout.trimEnd().split('\r\n')).toHaveLength(ledger.length + 1);
    expect(text.stdout.split('\n').indexOf('')).toBe(ledger.length + 1);
    expect(ledger.filter(({ kind }) => kind === 'attempt')).toHaveLength(
      result.hooks[0]?.attempts ?? 0,
    );
    expect(new Set(ledger.map(({ kind }) => kind))).toEqual(
      new Set(['attempt', 'disabled', 'mail', 'dropped', 'missed', 'enabled', 'polled']),
    );
  });

  test('a lost event that GET /events brings back is not lost', async () => {
    const { hooks } = await asJson('recovery-drill');
    const { hooks: unpolled } = await asJson('recovery-drill', '--set', 'poll=10h');
    expect(hooks[0]?.lost).toBe(0);
    expect(unpolled[0]?.lost).toBe(0);
    const { hooks: early } = await asJson('recovery-drill', '--until', '62m');
    expect(early[0]?.lost).toBe(60);
  });

  test('reports go to files, whole or not at all', async () => {
    const folder = await createFolder();
    const { code } = await hookproof([
      'simulate',
      '--report',
      `ndjson=${join(folder, 'ledger.ndjson')}`,
      '--report',
      `json=${join(folder, 'result.json')}`,
      '--report',
      `csv=${join(folder, 'ledger.csv')}`,
    ]);
    expect(code).toBe(0);
    expect((await readdir(folder)).toSorted()).toEqual([
      'ledger.csv',
      'ledger.ndjson',
      'result.json',
    ]);
    const result = JSON.parse(await readFile(join(folder, 'result.json'), 'utf8')) as Printed;
    expect(result.hooks[0]?.attempts).toBe(173);
  });

  test('a reader that leaves early is no fault', async () => {
    const { child, finished } = start(['simulate', '--rate', '700/min', '--ndjson']);
    child.stdout.once('data', () => child.stdout.destroy());
    const { stderr } = await finished;
    expect(stderr).not.toContain('fault');
  });
});

describe('readings', () => {
  test('one that decides is named', async () => {
    const { stdout } = await hookproof(['simulate', 'poison-event', '--readings']);
    expect(stdout).toContain('Only attemptsMin decides, of 32 readings');
    expect(stdout).toContain('No difference by attemptsMax, delayFrom, window, counted.');
  });

  test('as JSON, an answer for each combination that matters', async () => {
    const { stdout } = await hookproof(['simulate', '--readings', '--json']);
    const readings = JSON.parse(stdout) as {
      readonly decides: readonly string[];
      readonly played: number;
      readonly answers: readonly unknown[];
    };
    expect(readings).toMatchObject({ decides: ['window', 'attemptsMin', 'counted'], played: 32 });
    expect(readings.answers).toHaveLength(8);
    expect(readings.answers).toContainEqual({
      when: { window: 'rolling', attemptsMin: 10, counted: 'attempts' },
      disabledAtMs: { main: [1_860_000] },
    });
  });
});

describe('wrong usage ends with 2 and one line', () => {
  const write = async (scenario: unknown): Promise<string> => {
    const file = join(await createFolder(), 'scenario.json');
    await writeFile(file, typeof scenario === 'string' ? scenario : JSON.stringify(scenario));
    return file;
  };
  const traffic = { kind: 'constant', rate: '1/min', until: '1h' };

  test.each([
    ['no scenario of that name', 'total-outag', 'did you mean total-outage?'],
    ['no such parameter', ['poison-event', '--rate', '1/min'], "no parameter 'rate'; it has none"],
    ['a rate that is none', ['total-outage', '--rate', '10'], 'traffic.rate: expected a rate'],
    ['a time that is none', ['total-outage', '--until', 'soon'], 'until: expected a time'],
    ['no such reading', ['total-outage', '--policy', 'strict'], "there is no policy 'strict'"],
    ['two on standard output', ['total-outage', '--json', '--csv'], 'two reports want standard'],
    ['a folder that is not there', ['total-outage', '--html', '/no/such/x.html'], 'cannot write'],
    ['no parameter at all', ['total-outage', '--set', 'rate'], 'Expected name=value'],
  ])('%s', async (_name, args, message) => {
    const { code, stdout, stderr } = await hookproof(['simulate', ...[args].flat()]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
  });

  test.each([
    ['no JSON', '{\n "traffic"}', 'is not JSON at line 2, column 11'],
    ['no JSON behind a mark', '\uFEFF{"traffic": }', 'is not JSON at line 1, column 13'],
    ['nothing but a mark', '\uFEFF', 'is empty'],
    ['no traffic', {}, 'traffic: expected'],
    [
      'an unknown field',
      { traffic, recievers: {} },
      'recievers: expected no field of that name, found {} (object); did you mean receivers?',
    ],
    [
      'an unknown kind',
      { traffic, receiver: [{ kind: 'outage' }, { kind: 'down' }] },
      'receiver[1].kind: expected "healthy" or "outage"',
    ],
    [
      'a field within',
      { traffic, receiver: { kind: 'slow', latency: { min: '1s' } } },
      'receiver.latency.max: expected a duration such as "90s" or "1h30m"',
    ],
    [
      'an unknown event',
      { traffic: { ...traffic, events: 'checks.finshed' } },
      'traffic.events: expected an event such as checks.finished or checks.* (did you mean checks.finished?), found "checks.finshed"',
    ],
    [
      'an unknown receiver',
      { traffic, hooks: [{ name: 'a', receiver: 'b' }] },
      'hooks[0].receiver: expected the name of a receiver',
    ],
    [
      'a field of the policy',
      { traffic, policy: { attemptsMin: 0 } },
      'policy.attemptsMin: expected a whole number of at least 1, got 0',
    ],
    [
      'traffic without an end',
      { traffic: { kind: 'poisson', rate: '1/min' } },
      'traffic: expected an end: "until" or "count" here, "until" in the scenario, or --until',
    ],
    [
      'an action without an end',
      { traffic, actions: [{ kind: 'poll', at: 0, every: '1m' }] },
      'actions[0]: expected an end',
    ],
  ])('a scenario with %s', async (_name, scenario, message) => {
    const { code, stderr } = await hookproof(['simulate', await write(scenario)]);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toContain(message);
  });

  test('a scenario that is not over after its bound says how far it came', async () => {
    const file = await write({ traffic: { kind: 'constant', rate: '1/s', until: '365d' } });
    const { code, stderr } = await hookproof(['simulate', file, '--max-steps', '100000']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/not over after 100000 steps, at \S+, with \d+ attempts; shorten it/);
  });
});

test('--expect-enabled ends with 1 where the rule disables a hook, else with 0', async () => {
  const disabled = await hookproof(['simulate', '--expect-enabled']);
  const enabled = await hookproof(['simulate', 'deploy-every-10-min', '--expect-enabled']);
  expect([disabled.code, enabled.code]).toEqual([1, 0]);
});

test('Ctrl-C leaves a valid ledger of what was played, and ends with 130', async () => {
  const folder = await createFolder();
  const scenario = join(folder, 'long.json');
  const file = join(folder, 'ledger.ndjson');
  await writeFile(
    scenario,
    JSON.stringify({ traffic: { kind: 'constant', rate: '100/s', until: '60d' } }),
  );
  const { child, finished } = start(['simulate', scenario, '--report', `ndjson=${file}`, '--json']);
  const part = setInterval(() => {
    void readFile(`${file}.part`, 'utf8').then(
      (text) => text.length > 0 && !child.killed && child.kill('SIGINT'),
      () => undefined,
    );
  }, 50);
  const { code, stdout, stderr } = await finished;
  clearInterval(part);
  expect(code).toBe(130);
  expect(stderr).toContain('interrupted; what is written ends at');
  const result = JSON.parse(stdout) as Printed;
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(result.complete).toBe(false);
  expect(result.sentence).toContain('The run was stopped at');
  expect(lines).toHaveLength(result.hooks[0]?.attempts ?? 0);
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ kind: 'attempt' });
});

test('threads change nothing but the time, and tell no rows', async () => {
  const args = ['simulate', 'rejects-unknown-products', '--accounts', '120'];
  const one = await hookproof([...args, '--json']);
  const two = await hookproof([...args, '--json', '--threads', '2']);
  expect(two.stdout).toBe(one.stdout);
  const rows = await hookproof([...args, '--threads', '2', '--ndjson']);
  expect(rows.code).toBe(2);
  expect(rows.stderr).toContain('a report as ndjson needs every attempt');
});

test('pictures are drawn: in the terminal, as SVG and as a page', async () => {
  const folder = await createFolder();
  const [svg, html] = [join(folder, 'a.svg'), join(folder, 'a.html')];
  const { code, stdout } = await hookproof(['simulate', '--plot', '--svg', svg, '--html', html]);
  expect(code).toBe(0);
  expect(stdout).toContain('share of failed attempts');
  expect(stdout).not.toContain('\u001B');
  expect(await readFile(svg, 'utf8')).toMatch(/^<svg /);
  expect(await readFile(html, 'utf8')).toMatch(/^<!doctype html>/);
});

test('scenarios are listed with their parameters', async () => {
  const { stdout } = await hookproof(['list', 'scenarios']);
  expect(stdout).toContain('--set rate=1/min');
  const { stdout: json } = await hookproof(['list', 'scenarios', '--json']);
  const { scenarios } = JSON.parse(json) as { readonly scenarios: readonly { name: string }[] };
  expect(scenarios.map(({ name }) => name)).toEqual([
    'deploy-every-10-min',
    'flapping',
    'one-good-one-poison',
    'one-of-two-hooks',
    'poison-event',
    'recovery-drill',
    'rejects-unknown-products',
    'slow-bleed',
    'total-outage',
  ]);
});
