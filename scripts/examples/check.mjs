/** What is asked of an example: a build or right types, a run that passes, and one that finds its defect. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { run } from './run.mjs';

const require = createRequire(import.meta.url);
const tsc = join(require.resolve('typescript/package.json'), '../bin/tsc');

const passes = ({ end }) => (end === 0 ? undefined : `it ended with ${end}`);

const tells = (expected) => (result) => {
  if (result.end === 0) return 'it passed';
  const missing = expected.find((text) => !result.output.includes(text));
  return missing && `it does not say ${missing}`;
};

/** What is built is type-checked there. */
const preparationOf = ({ hasTypes, prepare }) => {
  if (prepare) return [{ name: 'is built', command: prepare, judge: passes }];
  return hasTypes
    ? [{ name: 'has its types', command: [process.execPath, tsc, '-p', '.'], judge: passes }]
    : [];
};

/** With any defect the tests ask only what finds theirs; nothing has this one. */
const FEWER = { DEFECT: 'none' };

const stepsOf = ({ test, defect, ...example }, isWhole) => [
  ...preparationOf(example),
  isWhole
    ? { name: 'passes', command: test, judge: passes }
    : { name: 'passes what finds its defect', command: test, env: FEWER, judge: passes },
  {
    name: `fails by ${defect.name}`,
    command: test,
    env: defect.env,
    judge: tells([defect.finding, ...(defect.says ?? [])]),
  },
];

/** One line on each step that was taken, and what is wrong with the last one. */
export const checkExample = async (example, folder, isWhole) => {
  const taken = [];
  for (const { name, command, env, judge } of stepsOf(example, isWhole)) {
    const result = await run(folder, command, env);
    taken.push(`${name} ${result.seconds}`);
    const wrong = judge(result);
    if (wrong) return { taken, problem: `${name}: ${wrong}\n${result.output}` };
  }
  return { taken };
};
