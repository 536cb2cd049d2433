/**
 * JUnit XML for CI: a testsuite for each suite, a testcase for each case. What CI shows in red is
 * what keeps the run from passing: failures of a level that counts, unless they are expected, and
 * `must` cases without proof.
 */
import builder from 'junit-report-builder';
import type { Builder, TestCase } from 'junit-report-builder';
import { explain } from '../runner/explain.js';
import { fatalLevels } from '../runner/result.js';
import type { CaseResult, RunResult } from '../runner/result.js';
import type { Reporter } from './report.js';
import { say } from '../../language/say.js';

/** Its types describe an ES module, but what Node loads is a CommonJS one: the builder itself. */
const junit = builder as unknown as Builder;

/** Strict readers of JUnit take a time stamp to the second, without a zone. */
const SECONDS_END = '2026-01-02T03:04:05'.length;

export const junitReporter: Reporter = {
  format: 'junit',
  render: (result) => {
    const report = junit.newBuilder().name('hookproof');
    for (const suite of new Set(result.cases.map((one) => one.suite))) {
      addSuite(
        report,
        suite,
        result,
        result.cases.filter((one) => one.suite === suite),
      );
    }
    return `${withoutRootSkips(report.build())}\n`;
  },
};

/** Jenkins' xUnit plugin holds reports against a schema whose root element counts no skips, only its suites do. */
const withoutRootSkips = (xml: string): string =>
  xml.replace(/(<testsuites [^>]*?) skipped="\d+"/, '$1');

const addSuite = (
  report: Builder,
  name: string,
  result: RunResult,
  cases: readonly CaseResult[],
): void => {
  const suite = report
    .testSuite()
    .name(name)
    .timestamp(result.startedAt.slice(0, SECONDS_END))
    .time(toSeconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)));
  for (const [property, value] of Object.entries(propertiesOf(result))) {
    suite.property(property, xmlText(value));
  }
  const fatal = fatalLevels(result.strict);
  for (const one of cases) {
    const testCase = suite
      .testCase()
      .className(`${one.suite}/${one.family}`)
      .name(xmlText(`${one.id}: ${one.title}`))
      .time(toSeconds(one.durationMs));
    addVerdict(testCase, one, fatal.has(one.level));
  }
};

/** What the run depended on; the same in each suite, since the root element can hold none. */
const propertiesOf = (result: RunResult): Readonly<Record<string, string>> => ({
  version: result.tool.version,
  target: result.target,
  seed: String(result.seed),
  probe: result.receiver.probe ?? say`no probe`,
  timeoutMs: String(result.policy.timeoutMs),
  verdict: result.summary.verdict,
  ...(result.problem === null
    ? {}
    : { problem: `${result.problem.message}: ${result.problem.remedy}` }),
});

const addVerdict = (testCase: TestCase, one: CaseResult, fatal: boolean): void => {
  const { verdict, level, expectation } = one;
  const actual = xmlText(one.actual);
  if (verdict === 'passed') return;
  if (verdict === 'failed' && expectation !== undefined) {
    const { expires, reason } = expectation;
    skip(testCase, xmlText(say`expected to fail until ${expires}: ${reason}; ${one.actual}`));
  } else if (verdict === 'failed' && fatal) {
    testCase.failure(actual, level).stacktrace(describe(one));
  } else if (verdict === 'failed') {
    const word = level === 'should' ? 'Warning' : 'Advice';
    testCase.standardOutput(say`${word} (${level}), not a failure\n${describe(one)}`);
  } else if (verdict === 'inconclusive' && level === 'must') {
    testCase.error(actual, 'inconclusive', describe(one));
  } else {
    skip(testCase, `${verdict === 'notObservable' ? say`not observable` : verdict}: ${actual}`);
  }
};

/** The builder knows skips without a reason only: the reason is added to the element it has built. */
const skip = (testCase: TestCase, reason: string): void => {
  const build = testCase.skipped().build.bind(testCase);
  testCase.build = (parent) => {
    const element = build(parent);
    element.children.at(-1)?.att('message', reason);
    return element;
  };
};

const describe = (one: CaseResult): string => xmlText(explain(one));

/**
 * A text without what XML 1.0 cannot hold in any form. The end mark of a CDATA section is parted:
 * the builder does so with the first one only.
 */
const xmlText = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(']]>', ']] >');

const toSeconds = (durationMs: number): number => Math.round(durationMs) / 1000;
