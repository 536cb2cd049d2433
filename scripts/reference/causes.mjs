// The pages of root causes, and of the code that mends them.
import { causes } from '../../dist/contracts/causes/causes.js';
import { snippetsByTopic } from '../../dist/contracts/causes/snippets/topics.js';
import { prose } from './text.mjs';

const LANGUAGES = {
  node: ['Node', 'js'],
  python: ['Python', 'python'],
  go: ['Go', 'go'],
  php: ['PHP', 'php'],
  java: ['Java', 'java'],
};

const describeCause = ({ slug, title: defect, why, fix, topic, mutants }) => `## ${slug}

**${prose(defect)}.** ${prose(why)}

${prose(fix)} [Code](mends.md#${topic}).
${mutants.length === 0 ? '' : `\nShown by ${mutants.map((id) => `[\`${id}\`](mutants.md)`).join(', ')}.\n`}`;

const causesPage = () => `# Root causes

Failed cases come in groups: a receiver that takes tokens with \`alg\` \`none\` fails nine of them. A run
compares what failed with what ${causes.length} known defects make fail, and names the defect instead of its symptoms:
one finding, with what it costs and its mend. Where none fits, the finding is a family of cases.

${causes.map(describeCause).join('\n')}`;

const describeTopic = ([topic, snippets]) => `## ${topic}

${Object.entries(LANGUAGES)
  .map(
    ([language, [name, fence]]) => `**${name}**\n\n\`\`\`${fence}\n${snippets[language]}\n\`\`\``,
  )
  .join('\n\n')}

Mends: ${causes
  .filter((one) => one.topic === topic)
  .map(({ slug }) => `[${slug}](causes.md#${slug})`)
  .join(', ')}.
`;

const mendsPage = () => `# Mends in five languages

The code that findings show: \`--report html\` has it in all five languages, the console in Node. The names
\`body\`, \`key\`, \`claims\`, \`event\` and \`db\` mean the same in all: the request's body as bytes, the signing key
as text, the verified payload, one of its events, and the receiver's database. They are parts of a receiver,
not whole programs; [examples](../../examples/vitest) are whole.

${Object.entries(snippetsByTopic).map(describeTopic).join('\n')}`;

export const causePages = () => ({ 'causes.md': causesPage(), 'mends.md': mendsPage() });
