import { describe, expect, test } from 'vitest';
import { junitReporter } from '../../contracts/report/junit.js';
import type { RunResult } from '../../contracts/index.js';
import { awkward, results } from './results.js';
import { elementsOf, parserMissing, parseXml } from './xml.js';
import type { XmlElement } from './xml.js';

const render = (result: RunResult): string =>
  junitReporter.render(result, { color: false, columns: 80 });

const reason = parserMissing === undefined ? '' : ` (${parserMissing})`;

describe.skipIf(parserMissing !== undefined)(`parsed as XML${reason}`, () => {
  const parse = (result: RunResult): XmlElement => parseXml(render(result));

  /** The one element below a case's testcase, if any. */
  const verdictOf = (result: RunResult, id: string): XmlElement | undefined =>
    elementsOf(parse(result), 'testcase').find(({ attributes }) =>
      attributes['name']?.startsWith(`${id}: `),
    )?.children[0];

  test.each(Object.entries<RunResult>(results))('the %s run counts what it holds', (_, result) => {
    const root = parse(result);
    const counted = (parent: XmlElement) => ({
      tests: String(elementsOf(parent, 'testcase').length),
      failures: String(elementsOf(parent, 'failure').length),
      errors: String(elementsOf(parent, 'error').length),
      skipped: String(elementsOf(parent, 'skipped').length),
    });
    for (const suite of elementsOf(root, 'testsuite')) {
      expect(suite.attributes).toMatchObject(counted(suite));
    }
    // The schema of Jenkins' xUnit plugin knows no count of skips at the root.
    const { skipped: _skipped, ...counts } = counted(root);
    expect(root.attributes).toEqual({ name: 'hookproof', ...counts });
    expect(elementsOf(root, 'testcase')).toHaveLength(result.cases.length);
  });

  test('a suite has its name, its time and what the run depended on', () => {
    const [suite] = elementsOf(parse(results.failing), 'testsuite');
    expect(suite?.attributes).toMatchObject({
      name: 'verification',
      timestamp: '2026-01-02T03:04:05',
      time: '0.06',
    });
    const properties = elementsOf(suite!, 'property').map(({ attributes }) => attributes);
    expect(properties).toContainEqual({ name: 'seed', value: '42' });
    expect(properties).toContainEqual({ name: 'probe', value: '--probe' });
  });

  test('a case has suite and family for its class', () => {
    const [testCase] = elementsOf(parse(results.failing), 'testcase');
    expect(testCase?.attributes).toEqual({
      classname: 'verification/genuine-deliveries',
      name: 'verification/canonical-token: takes a genuine delivery',
      time: '0.012',
    });
    expect(testCase?.children).toEqual([]);
  });

  test('a failed must case is a failure with all that helps to mend it', () => {
    const failure = verdictOf(results.failing, 'verification/alg-none');
    expect(failure).toMatchObject({
      name: 'failure',
      attributes: { type: 'must', message: 'accepted: alg "none": status 200, 1 effect' },
    });
    const labels = failure?.text.split('\n').map((line) => line.split(':')[0]);
    expect(labels).toEqual(['Expected', 'Actual', 'Rule', 'Source', 'Why', 'Fix', 'Again']);
  });

  test('a failed should case is a warning, and a failure in a strict run', () => {
    const id = 'response/refuses-with-4xx';
    const warning = verdictOf(results.failing, id);
    expect(warning?.name).toBe('system-out');
    expect(warning?.text).toContain('Warning (should), not a failure\n');
    expect(verdictOf(results.strict, id)).toMatchObject({
      name: 'failure',
      attributes: { type: 'should' },
    });
  });

  test('a failed may case is advice, in a strict run too', () => {
    for (const result of [results.failing, results.strict]) {
      const advice = verdictOf(result, 'transport/other-path');
      expect(advice?.name).toBe('system-out');
      expect(advice?.text).toContain('Advice (may), not a failure\n');
    }
  });

  test('a failure that is expected is a skip with the reason, in a strict run too', () => {
    for (const result of [results.failing, results.strict]) {
      expect(verdictOf(result, 'transport/huge-body')).toMatchObject({
        name: 'skipped',
        attributes: {
          message:
            'expected to fail until 2026-12-31: the new gateway cuts it, ticket #12; status 200',
        },
      });
    }
  });

  test('an inconclusive case is an error at level must and a skip below it', () => {
    expect(verdictOf(results.inconclusive, 'verification/case-0')).toMatchObject({
      name: 'error',
      attributes: {
        type: 'inconclusive',
        message: 'the genuine delivery before it was not taken',
      },
    });
    expect(verdictOf(results.inconclusive, 'verification/case-1')).toMatchObject({
      name: 'skipped',
      attributes: { message: 'inconclusive: the genuine delivery before it was not taken' },
    });
  });

  test.each([
    ['idempotency/batch-fails-in-part', /^not observable: .*add --sink-listen$/u],
    ['response/applies-its-products', /^skipped: name the products with --products$/u],
  ])('%s is skipped, and says why', (id, message) => {
    const skip = verdictOf(results.failing, id);
    expect(skip?.name).toBe('skipped');
    expect(skip?.attributes['message']).toMatch(message);
  });

  test('a stopped run says why in each suite', () => {
    const [suite] = elementsOf(parse(results.stopped), 'testsuite');
    const problem = elementsOf(suite!, 'property').find(
      ({ attributes }) => attributes['name'] === 'problem',
    );
    expect(problem?.attributes['value']).toContain('start the receiver');
  });

  test('quotes, markup and letters beyond the BMP survive; what XML cannot hold is left out', () => {
    const readable = 'a "quoted" <b>&amp;</b> ]] > 1 ]] > 2[31m  Peña 𝒳 ';
    expect(verdictOf(results.failing, 'transport/other-path')?.text).toContain(readable);
    const { cases } = results.failing;
    const failing = {
      ...results.failing,
      cases: cases.map((one) => ({ ...one, actual: awkward, level: 'must' as const })),
    };
    const failure = verdictOf(failing, 'transport/other-path');
    expect(failure?.attributes['message']).toBe(readable);
    expect(failure?.text).toContain(`Actual: ${readable}\n`);
    const skip = verdictOf(failing, 'response/applies-its-products');
    expect(skip?.attributes['message']).toBe(`skipped: ${readable}`);
  });
});
