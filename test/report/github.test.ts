/** Annotations of GitHub: what a receiver has a say in stays text, and the gravest are not crowded out. */
import { expect, test } from 'vitest';
import { githubReporter } from '../../contracts/report/github.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

const render = (result: RunResult): readonly string[] =>
  githubReporter.render(result, { color: false, columns: 80 }).trimEnd().split('\n');

test('a text can neither end its command nor begin another', () => {
  const evil = 'a, b: 50%\n::stop-commands::x\r\n::error::y';
  const findings = results.failing.findings.map((one) => ({ ...one, title: evil, why: evil }));
  const lines = render({ ...results.failing, findings });
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) {
    expect(line).toMatch(/^::(?:error|warning|notice) title=[^:,\r]*::[^\r]*$/);
  }
  expect(lines[0]).toContain('title=hookproof%3A a%2C b%3A 50%25%0A');
});

test('of many findings nine are shown, and one line says how many more there are', () => {
  const [finding] = results.failing.findings;
  const findings = Array.from({ length: 30 }, (_unused, index) => ({
    ...finding,
    ...{ title: `finding ${index}`, level: 'must' },
  })) as unknown as RunResult['findings'];
  const errors = render({ ...results.failing, findings }).filter((one) =>
    one.startsWith('::error'),
  );
  expect(errors).toHaveLength(10);
  expect(errors[9]).toBe('::error title=hookproof::and 21 findings more');
});
