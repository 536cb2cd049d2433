import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { consoleReporter } from '../../contracts/report/console.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

const render = (result: RunResult, columns = 80, color = false): string =>
  consoleReporter.render(result, { color, columns });

const runs = Object.entries<RunResult>(results);

/** Lines that are too long although they could be broken; commands and single words cannot. */
const overlong = (text: string, columns: number): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.length > columns)
    .filter((line) => !line.startsWith('  Again  ') && line.trim().includes(' '));

describe.each(runs)('the %s run', (_name, result) => {
  test('fits 80 columns', () => {
    expect(overlong(render(result), 80)).toEqual([]);
  });

  test('says the same with colours as without', () => {
    const painted = render(result, 80, true);
    expect(painted).toContain('\u001b[');
    expect(stripVTControlCharacters(painted)).toBe(render(result));
  });

  test('names the seed, the target and the assumed time-out', () => {
    const text = render(result);
    expect(text).toContain('seed     42');
    expect(text).toContain(result.target);
    expect(text).toMatch(/assumed\s+\(INF\) an answer within 3 s/u);
  });
});

const plainly = (result: RunResult): string =>
  consoleReporter.render(result, { color: false, columns: 80, plain: true });

test.each(runs)('plainly, the %s run has neither columns nor marks', (_name, result) => {
  const prose = plainly(result)
    .split('\n')
    .filter((line) => !line.startsWith('    '));
  expect(prose.length).toBeGreaterThan(5);
  expect(prose.filter((line) => /\S {2,}\S|^\s*[*•✓✗]|[─│]/u.test(line))).toEqual([]);
});

test('plainly, each count stands beside its name', () => {
  expect(plainly(results.passing)).toMatch(/^verification: passed \d+, not observable \d+$/mu);
  expect(plainly(results.failing)).toMatch(/^FAILED: 2 findings: 5 cases broke the contract, /mu);
});

test('puts the verdict and the totals last', () => {
  const last = (result: RunResult): string =>
    render(result, 200).trimEnd().split('\n').at(-1) ?? '';
  expect(last(results.passing)).toBe('PASSED  2 passed, 12 not observable');
  expect(last(results.failing)).toBe(
    'FAILED  2 findings: 5 cases broke the contract, 1 warning, 1 advised, 1 expected failure, 1 passed, 1 not observable',
  );
  expect(last(results.strict)).toBe(
    'FAILED  3 findings: 6 cases broke the contract, 1 advised, 1 expected failure, 1 passed, 1 not observable',
  );
  expect(last(results.inconclusive)).toBe('INCONCLUSIVE  0 passed, 12 inconclusive');
});

test('names three cases of a finding and counts the others', () => {
  const text = render(results.failing);
  expect(text).toContain('verification/alg-none-foreign-mac');
  expect(text).toContain('    and 1 more\n');
  expect(text).not.toContain('verification/alg-missing');
});

test('gives the whole command that runs the first case again', () => {
  expect(render(results.failing, 40)).toContain(
    '  Again  hookproof verify http://127.0.0.1:3000/webhooks/truora --seed 42 --only verification/alg-none\n',
  );
});

test('treats should as a finding in a strict run only', () => {
  expect(render(results.failing)).toContain('\nWARNINGS\n* SHOULD medium  ');
  expect(render(results.strict)).not.toContain('WARNINGS');
});

test('says what each thing that was not given would let be seen', () => {
  const [, unproven = ''] = render(results.passing).split('NOT PROVEN\n');
  expect(unproven.split('\n\n')[0]?.split('\n')).toEqual([
    '* 4 cases need --probe or --probe-cmd (4 of level must)',
    '* 1 case needs a run on the receiver’s own machine (1 of level must)',
    '* 1 case needs --state (1 of level must)',
    '* 1 case needs --peer (1 of level must)',
    '* 1 case needs --restart-cmd (1 of level must)',
    '* 1 case needs --receiver-clock (1 of level must)',
    '* 1 case needs --poll-url or --poll-cmd',
    '* 1 case needs --rekey-cmd (1 of level must)',
    '* 1 case needs --outage-cmd (1 of level must)',
  ]);
  expect(render(results.failing)).toContain('* 1 case needs --sink-listen (1 of level must)\n');
  expect(render(results.inconclusive)).toContain('* 1 case needs a URL instead of a handler');
});

describe('the mend in code', () => {
  test('is in the receiver’s language, and only for the gravest finding', () => {
    const text = render(results.failing);
    expect(text).toContain(
      '  In Node\n    jwt.verify(body, key, {\n      algorithms: ["HS256"],\n    });\n\n* MUST high',
    );
    expect(text).not.toContain('In Python');
    expect(text).not.toContain('INSERT INTO seen');
  });

  test('is for Node where the receiver’s language is not known, or has none, and says where the others are', () => {
    const { receiver } = results.failing;
    const inPhp = { ...results.failing, receiver: { ...receiver, language: 'php' as const } };
    for (const result of [results.strict, inPhp]) {
      expect(render(result)).toMatch(
        / {2}In Node\n[\s\S]* {2}Python, Go: --report html=report.html\n/u,
      );
    }
  });
});

describe('a failure that is expected', () => {
  test('is listed with its reason, and not among the findings', () => {
    const text = render(results.failing);
    expect(text).toContain(
      'EXPECTED FAILURES\n* transport/huge-body\n  expected until 2026-12-31: the new gateway cuts it, ticket #12\n',
    );
    expect(text).not.toContain('refuses a body of 5 MB');
  });

  test('leaves its finding as grave as what nobody expects', () => {
    const { cases, findings } = results.failing;
    const expectation = { reason: 'known', expires: '2026-12-31' };
    const mixed = {
      ...results.failing,
      cases: cases.map((one) =>
        one.id === 'verification/alg-none' ? { ...one, expectation } : one,
      ),
      findings: findings
        .slice(0, 1)
        .map((one) => ({ ...one, cases: ['verification/alg-none', 'response/refuses-with-4xx'] })),
    };
    const text = render(mixed);
    expect(text).toContain('WARNINGS\n* SHOULD critical  Unsigned tokens');
    expect(text).not.toContain('\nFINDINGS\n');
  });
});

test('gathers what is inconclusive for the same reason', () => {
  const text = render(results.inconclusive);
  expect(text).toContain('* 5 inconclusive: the genuine delivery before it was not taken\n');
  expect(text).toContain('  3 more cases, for other reasons\n');
});

test('says in the first line that a run was stopped, and does not list its cases', () => {
  const text = render(results.stopped);
  expect(text).toMatch(/^STOPPED: .*\n\n {2}no answer from 127\.0\.0\.1:3000/u);
  expect(text).toContain('What to do: start the receiver, and check host and port\n');
  expect(text).not.toContain('NOT PROVEN');
  expect(text).not.toContain('verification/case-');
});

test('says what it learnt about the receiver', () => {
  expect(render(results.passing, 200)).toContain(
    'receiver acknowledges 2 kinds of event; judged with content type text/plain; keeps only the latest event of a resource\n',
  );
  expect(render(results.inconclusive, 200)).toContain('answers 2xx to everything');
});

test('writes out characters that would steer the terminal', () => {
  const withCommand = { ...results.failing, target: 'http://a.test/\u001b]0;title\u0007\u202e' };
  expect(render(withCommand)).toContain('http://a.test/\\u{1b}]0;title\\u{7}\\u{202e}\n');
});
