/** A diagnosis for people: what was seen, the cause first, its mend; the verdict on the last line. */
import type { CheckResult, DoctorResult, Finding } from '../../doctor/finding.js';
import { beside, createPage, visible } from '../console/page.js';
import type { Page } from '../console/page.js';
import type { RenderOptions } from '../report.js';
import { span } from '../../doctor/judge/words.js';
import { later, plural, say, translate } from '../../../language/say.js';

const MARKS: Readonly<Record<CheckResult['state'], string>> = {
  good: later('ok'),
  blocks: later('BLOCKS'),
  warns: later('warns'),
  note: later('note'),
  silent: '-',
  'not-judged': '-',
};

/** What stands for a mark where it is read aloud. */
const WORDS: typeof MARKS = {
  ...MARKS,
  silent: later('not looked at'),
  'not-judged': later('not judged'),
};

const MARK_COLUMNS = 8;

const paintOf = ({ colors }: Page, state: CheckResult['state']): ((text: string) => string) => {
  if (state === 'blocks') return colors.red;
  if (state === 'warns') return colors.yellow;
  return state === 'good' ? colors.green : colors.dim;
};

const isSilent = ({ state }: CheckResult): boolean => state === 'silent';

/** A line each; those that follow from one cause share theirs. */
const describeChecks = (page: Page, checks: readonly CheckResult[]): readonly string[] => {
  const width = Math.max(0, ...checks.map(({ title }) => title.length));
  const labelOf = (state: CheckResult['state'], title: string): string =>
    page.plain
      ? `${translate(WORDS[state])}: ${title}`
      : `  ${translate(MARKS[state]).padEnd(MARK_COLUMNS)}${title.padEnd(width)}  `;
  const causes = [...new Set(checks.filter(isSilent).map(({ seen }) => seen))];
  return [
    ...checks
      .filter((check) => !isSilent(check))
      .flatMap(({ title, state, seen }) =>
        beside(page, labelOf(state, title), seen, { label: paintOf(page, state) }),
      ),
    ...causes.flatMap((cause) => {
      const titles = checks.filter(({ seen }) => seen === cause).map(({ title }) => title);
      return beside(
        page,
        page.plain ? say`not looked at` : labelOf('silent', say`not looked at`),
        `${titles.join(', ')} (${cause})`,
        {
          label: page.colors.dim,
          text: page.colors.dim,
        },
      );
    }),
  ];
};

const describeFinding = (page: Page, finding: Finding): readonly string[] => {
  const { severity, title, seen, why, mend, code, id } = finding;
  const { bold, dim } = page.colors;
  return [
    '',
    ...beside(page, translate(MARKS[severity]).padEnd(MARK_COLUMNS), title, {
      label: (text) => bold(paintOf(page, severity)(text)),
      text: bold,
    }),
    ...beside(page, say`  Seen    `, seen),
    ...beside(page, say`  Why     `, why),
    ...beside(page, say`  Mend    `, mend),
    ...(code === undefined
      ? []
      : code.text.split('\n').map((line) => `          ${visible(line)}`)),
    page.plain ? say`id: ${id}` : dim(`  ${id}`),
  ];
};

/** What was sent, so that it can be found, and removed, in the receiver. */
const describeSent = (page: Page, { sent }: DoctorResult): readonly string[] => {
  const { requests, deliveries, events } = sent;
  const genuine =
    deliveries === 0
      ? say`none of them a genuine delivery`
      : say`${deliveries} of them genuine deliveries of ${events.length === 1 ? say`the event` : say`the events`} ${events.join(' ')}`;
  return [
    '',
    ...beside(
      page,
      '',
      say`Sent ${plural(requests, 'request')} (User-Agent: hookproof-doctor), ${genuine}.`,
    ),
  ];
};

const verdictOf = ({ verdict, findings }: DoctorResult): string => {
  const of = (wanted: Finding['severity']): number =>
    findings.filter(({ severity }) => severity === wanted).length;
  const counts = [
    plural(of('blocks'), 'cause'),
    plural(of('warns'), 'warning'),
    plural(of('note'), 'note'),
  ];
  switch (verdict) {
    case 'clear':
      return say`CLEAR: nothing blocks; ${counts.slice(1).join(', ')}`;
    case 'broken':
      return say`BROKEN: it answers, and deliveries are not taken; ${counts.join(', ')}`;
    case 'unreachable':
      return say`UNREACHABLE: no HTTP answer; ${counts.join(', ')}`;
    case 'interrupted':
      return say`INTERRUPTED: this is what was found so far`;
  }
};

const describeWait = (page: Page, { wait }: DoctorResult): readonly string[] =>
  wait === undefined
    ? []
    : beside(
        page,
        '  ',
        wait.ready
          ? say`ready after ${span(wait.waitedMs)}`
          : say`not ready after ${span(wait.waitedMs)}`,
      );

export const renderDoctorConsole = (result: DoctorResult, options: RenderOptions): string => {
  const page = createPage(options);
  const lines = [
    page.colors.bold(visible(result.target)),
    ...describeWait(page, result),
    ...describeChecks(page, result.checks),
    ...result.findings.flatMap((finding) => describeFinding(page, finding)),
    ...describeSent(page, result),
    ...beside(page, '', verdictOf(result), { text: page.colors.bold }),
  ];
  return `${lines.join('\n')}\n`;
};
