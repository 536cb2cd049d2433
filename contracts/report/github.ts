/**
 * Workflow commands of GitHub Actions, which become annotations of a run: print them in a step. A step
 * shows ten of a kind and drops the rest, so the gravest come first and the last line says how many more.
 */
import { plural, say } from '../../language/say.js';
import { fatalLevels } from '../runner/result.js';
import type { RunResult } from '../runner/result.js';
import { openFindings } from './console/open.js';
import type { OpenFinding } from './console/open.js';
import { visible } from './console/page.js';
import type { Reporter } from './report.js';

type Kind = 'error' | 'warning' | 'notice';

/** Of the ten that a step shows of a kind, one is kept for the rest. */
const SHOWN = 9;
const CASES_SHOWN = 5;

export const githubReporter: Reporter = {
  format: 'github',
  render: (result) => `${linesOf(result).join('\n')}\n`,
};

const linesOf = (result: RunResult): readonly string[] => {
  const fatal = fatalLevels(result.strict);
  const findings = openFindings(result);
  const of = (kind: Kind): readonly OpenFinding[] =>
    findings.filter(({ level }) => kindOf(level, fatal) === kind);
  return [
    ...problemOf(result),
    ...annotate('error', of('error')),
    ...annotate('warning', of('warning')),
    verdictOf(result, of('notice').length),
  ];
};

const kindOf = (level: OpenFinding['level'], fatal: ReadonlySet<OpenFinding['level']>): Kind => {
  if (fatal.has(level)) return 'error';
  return level === 'should' ? 'warning' : 'notice';
};

const problemOf = ({ problem }: RunResult): readonly string[] =>
  problem === null
    ? []
    : [command('error', say`hookproof: no verdict`, `${problem.message}. ${problem.remedy}.`)];

const annotate = (kind: Kind, findings: readonly OpenFinding[]): readonly string[] => {
  const more = findings.length - SHOWN;
  return [
    ...findings
      .slice(0, SHOWN)
      .map((finding) => command(kind, `hookproof: ${finding.title}`, messageOf(finding))),
    ...(more > 0 ? [command(kind, 'hookproof', say`and ${plural(more, 'finding')} more`)] : []),
  ];
};

const messageOf = ({ why, fix, cases }: OpenFinding): string => {
  const more = cases.length - CASES_SHOWN;
  const listed = [
    ...cases.slice(0, CASES_SHOWN).map(({ id }) => id),
    ...(more > 0 ? [say`and ${more} more`] : []),
  ];
  return [why, say`Fix: ${fix}`, say`Cases: ${listed.join(', ')}`].join('\n');
};

const verdictOf = ({ summary, seed, problem }: RunResult, advised: number): string => {
  const { passed, failed, inconclusive, notObservable, verdict } = summary;
  const said = [
    say`${passed} passed`,
    say`${failed} failed`,
    say`${inconclusive} inconclusive`,
    say`${notObservable} not observable`,
    ...(advised > 0 ? [say`${advised} advised`] : []),
    say`seed ${seed}`,
  ];
  // What turns a step red is said as an error, and once.
  const kind = verdict === 'inconclusive' && problem === null ? 'error' : 'notice';
  return command(kind, `hookproof: ${verdict}`, said.join(', '));
};

/** A receiver may have had a say in a text: it must neither end the command nor begin another. */
const command = (kind: Kind, title: string, message: string): string =>
  `::${kind} title=${inTitle(title)}::${inMessage(message)}`;

const inMessage = (text: string): string =>
  text.replaceAll('%', '%25').split('\n').map(visible).join('%0A');

const inTitle = (text: string): string =>
  inMessage(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
