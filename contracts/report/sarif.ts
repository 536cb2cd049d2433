/** Static Analysis Results Interchange Format 2.1.0 (OASIS), as code scanning services read it. */
import type { Level, Severity } from '../runner/case.js';
import type { CaseResult, Finding, RunResult } from '../runner/result.js';
import type { Reporter } from './report.js';
import { say } from '../../language/say.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

const LEVELS: Readonly<Record<Level, 'error' | 'warning' | 'note'>> = {
  must: 'error',
  should: 'warning',
  may: 'note',
};

/** GitHub's scale: above 9 critical, 7 high, 4 medium, else low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.5',
  info: '0.5',
};

/** Families of other suites in which a stranger gains something. */
const SECURITY = new Set([
  'verification-bypassed',
  'verification-cache',
  'forgery-poisons-the-store',
  'lock-out',
  'leaks',
]);
/** Families of the suite `verification` in which only genuine events are at stake. */
const DELIVERY = new Set(['genuine-deliveries', 'odd-events', 'odd-signed-content']);

const isAboutSecurity = ({ suite, family }: CaseResult): boolean =>
  SECURITY.has(family) || (suite === 'verification' && !DELIVERY.has(family));

export const sarifReporter: Reporter = {
  format: 'sarif',
  render: (result) => `${JSON.stringify(sarifLog(result), null, 2)}\n`,
};

const sarifLog = (result: RunResult) => {
  const { tool, cases, summary } = result;
  const failed = cases.flatMap((one, index) => (one.verdict === 'failed' ? [{ one, index }] : []));
  return {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            informationUri: 'https://www.npmjs.com/package/hookproof',
            rules: cases.map((one) => ruleOf(one, result.findings)),
          },
        },
        invocations: [invocationOf(result)],
        results: failed.map(({ one, index }) => resultOf(one, result.target, index)),
        columnKind: 'utf16CodeUnits',
        properties: { summary },
      },
    ],
  };
};

const invocationOf = ({ seed, target, startedAt, durationMs, problem, summary }: RunResult) => ({
  executionSuccessful: problem === null,
  startTimeUtc: startedAt,
  endTimeUtc: new Date(Date.parse(startedAt) + durationMs).toISOString(),
  ...(problem === null ? {} : { toolExecutionNotifications: [notification(problem)] }),
  properties: { seed, target, verdict: summary.verdict },
});

const notification = ({ message, remedy }: NonNullable<RunResult['problem']>) => ({
  level: 'error',
  message: { text: `${message}; ${remedy}` },
});

const ruleOf = (one: CaseResult, findings: readonly Finding[]) => {
  const { id, title, rule, source, level, severity, suite, catalogue } = one;
  const secure = isAboutSecurity(one);
  return {
    id,
    name: id.replace(/(?:^|[/-])([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: rule },
    help: helpOf(one, findings.find(({ cases }) => cases.includes(id))?.snippets ?? {}),
    defaultConfiguration: { level: LEVELS[level] },
    properties: {
      catalogue,
      source,
      severity,
      precision: 'very-high',
      tags: [suite, ...(secure ? ['security'] : [])],
      ...(secure ? { 'security-severity': SECURITY_SEVERITY[severity] } : {}),
    },
  };
};

const helpOf = ({ rule, source, why, fix }: CaseResult, snippets: Finding['snippets']) => {
  const parts = { Rule: `${rule} (${source})`, Why: why, Fix: fix };
  const lines = Object.entries(parts);
  const code = Object.entries(snippets).map(
    ([language, text]) =>
      `\`\`\`${language === 'node' ? 'js' : language}\n${text.trimEnd()}\n\`\`\``,
  );
  return {
    text: lines.map(([label, text]) => `${label}: ${text}`).join('\n'),
    markdown: [...lines.map(([label, text]) => `**${label}:** ${text}`), ...code].join('\n\n'),
  };
};

/**
 * A receiver has an address and no source file. Code scanning takes paths in the repository only: an
 * `http:` URI, or a logical location alone, has it reject the whole file. So the URL's path stands
 * for one; host and port are left out, since an alert would be a new one whenever they change.
 */
const resultOf = (one: CaseResult, target: string, ruleIndex: number) => ({
  ruleId: one.id,
  ruleIndex,
  level: LEVELS[one.level],
  message: { text: say`Not so: ${one.title}. Expected: ${one.expected}. Actual: ${one.actual}.` },
  locations: [
    {
      physicalLocation: {
        artifactLocation: { uri: pathOf(target) },
        region: { startLine: 1 },
      },
      logicalLocations: [{ fullyQualifiedName: target, kind: 'resource' }],
    },
  ],
  // GitHub heeds this name only, and would otherwise look for a line of the file to hash.
  partialFingerprints: { primaryLocationLineHash: `${one.id}:1` },
  ...(one.expectation === undefined
    ? {}
    : {
        suppressions: [
          {
            kind: 'external',
            status: 'accepted',
            justification: say`${one.expectation.reason} (until ${one.expectation.expires})`,
          },
        ],
      }),
  properties: { reproduce: one.reproduce, family: one.family },
});

/** A colon in its first part would make a scheme of it (RFC 3986 §4.2). */
const pathOf = (target: string): string => {
  const path = URL.canParse(target) ? new URL(target).pathname.replace(/^\/+/, '') : '';
  return path === '' ? 'receiver' : path.replaceAll(':', '%3A');
};
