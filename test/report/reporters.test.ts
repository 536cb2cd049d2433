import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { loadReporter, reportFormats } from '../../contracts/report/index.js';
import type { ReportFormat } from '../../contracts/report/index.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

const options = { color: false, columns: 80 };

const deepFreeze = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return Object.freeze(value);
};

const goldenOf = (name: string, format: ReportFormat): URL =>
  new URL(`golden/${name}.${format}.txt`, import.meta.url);

describe.each(reportFormats)('the %s report', async (format) => {
  const reporter = await loadReporter(format);

  test('bears the name it is asked for by', () => {
    expect(reporter.format).toBe(format);
  });

  describe.each(Object.entries<RunResult>(results))('of the %s run', (name, result) => {
    const text = reporter.render(result, options);

    if (process.env['UPDATE_GOLDEN'] === '1') {
      mkdirSync(new URL('golden/', import.meta.url), { recursive: true });
      writeFileSync(goldenOf(name, format), text);
    }

    test('is the golden file (UPDATE_GOLDEN=1 rewrites it)', () => {
      expect(text).toBe(readFileSync(goldenOf(name, format), 'utf8'));
    });

    test('depends on nothing but the result, and leaves it as it was', () => {
      expect(reporter.render(deepFreeze(structuredClone(result)), options)).toBe(text);
    });

    test('ends with one line feed', () => {
      expect(text).toMatch(/[^\n]\n$/u);
    });

    test('holds no control character that a terminal would obey', () => {
      expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    });
  });

  test('says something about a run without cases', () => {
    const nothing = { ...results.stopped, cases: [], findings: [] };
    expect(reporter.render(nothing, options)).toContain('hookproof');
  });
});
