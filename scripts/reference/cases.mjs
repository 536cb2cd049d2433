// The pages of the contract: an overview, and one for each suite.
import { familyTopics } from '../../dist/contracts/causes/family-topics.js';
import { contractCases } from '../../dist/contracts/index.js';
import { unlocks } from '../../dist/contracts/report/needs.js';
import { groupBy, prose, table, title } from './text.mjs';

const QUESTIONS = {
  verification: 'Does only what Truora signed take effect, and all of it?',
  idempotency: 'Does each event take effect once, whatever happens?',
  response: 'Can Truora work with the answers?',
  transport: 'Does the HTTP around the token hold?',
  recovery: 'What survives restarts, outages, wrong clocks and polling?',
};

const LEVELS = ['must', 'should', 'may'];

/** `a probe` for what a case needs, in the words of the options that give it. */
const needsOf = ({ needs }) =>
  needs.length === 0
    ? 'no option; where a probe shows effects they decide, else the status, where it can'
    : needs.map((need) => unlocks[need]).join('; ');

const describeCase = (one) => {
  const topic = familyTopics[one.family];
  const code = topic === undefined ? '' : ` [Code](mends.md#${topic}).`;
  return `### ${one.id.split('/')[1]}

The receiver **${prose(one.title)}**: ${one.level}, ${one.severity}, row ${one.catalogue}.

- **Rule.** ${prose(one.rule)} (${prose(one.source)})
- **Why.** ${prose(one.why)}
- **Fix.** ${prose(one.fix)}${code}
- **Needs** ${prose(needsOf(one))}.
`;
};

const suitePage = (suite, cases) => `# Cases: ${suite}

${QUESTIONS[suite]} ${cases.length} cases. What levels, severities and needs mean stands in the
[overview](cases.md).

${groupBy(cases, ({ family }) => family)
  .map(
    ([family, members]) =>
      `## Family: ${title(family).toLowerCase()}\n\n${members.map(describeCase).join('\n')}`,
  )
  .join('\n')}`;

const overview = (suites) => `# All cases of the contract

${contractCases.length} cases in ${suites.length} suites, as \`npx hookproof list cases\` prints them. Each has a stable id,
\`suite/slug\`, which \`--only\` and \`--skip\` take.

${table(
  ['suite', 'the question', ...LEVELS, 'cases'],
  suites.map(({ suite, cases }) => [
    `[${suite}](cases-${suite}.md)`,
    QUESTIONS[suite],
    ...LEVELS.map((level) => cases.filter((one) => one.level === level).length),
    cases.length,
  ]),
)}

## What the words mean

- **Level.** Breaking a \`must\` fails the run; a \`should\` is a warning, and fails it with \`--strict\`; a \`may\`
  is advice.
- **Severity.** What it costs where it goes wrong: \`critical\` and \`high\` are forged or lost or doubled
  effects, \`medium\` and \`low\` are trouble that passes or seldom comes, \`info\` is a hint.
- **Source.** The document that the rule follows from. Rules that rest on what is
  [assumed of Truora](../assumptions.md) say so.
- **Row.** The number in the catalogue that the case comes from. [Rows without a case](../contract.md#rows-without-a-case)
  have a reason.
- **Needs.** What a run has to be given to judge the case. Without it the case is not observable.

## How many cases need what

${table(
  ['with', 'cases'],
  Object.entries(unlocks).map(([need, option]) => [
    prose(option),
    contractCases.filter(({ needs }) => needs.includes(need)).length,
  ]),
)}
`;

export const casePages = () => {
  const suites = Object.keys(QUESTIONS).map((suite) => ({
    suite,
    cases: contractCases.filter((one) => one.suite === suite),
  }));
  return {
    'cases.md': overview(suites),
    ...Object.fromEntries(
      suites.map(({ suite, cases }) => [`cases-${suite}.md`, suitePage(suite, cases)]),
    ),
  };
};
