/** Runs the steps of action.yml as a runner of GitHub does, in folders of the test. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { createFolder } from '../cli/run.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly shell: string;
  readonly 'working-directory': string;
  readonly env: Readonly<Record<string, string>>;
  readonly run: string;
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

export const actionText = await readFile(join(root, 'action.yml'), 'utf8');
export const action = parse(actionText) as Action;

/** What a step or the whole left behind. */
interface Done {
  readonly code: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly log: string;
  readonly summary: string;
  readonly workspace: string;
}

type Context = Readonly<Record<string, string>>;

/** The value of an expression: names, texts, `a || b` and `a != b`; anything else is an error. */
const evaluate = (expression: string, context: Context): string => {
  const [left = '', right] = expression.split(' || ');
  if (right !== undefined) return evaluate(left, context) || evaluate(right, context);
  const text = /^'([^']*)'$/.exec(expression.trim());
  if (text !== null) return text[1] ?? '';
  if (/^[\w.-]+$/.test(expression.trim())) return context[expression.trim()] ?? '';
  throw new Error(`an expression that the test cannot evaluate: ${expression}`);
};

const fill = (text: string, context: Context): string =>
  text.replaceAll(/\$\{\{(.*?)\}\}/g, (_all, expression: string) =>
    evaluate(expression.trim(), context),
  );

const isOn = (condition: string | undefined, context: Context): boolean => {
  if (condition === undefined) return true;
  const [left = '', right = ''] = condition.split(' != ');
  return evaluate(left, context) !== evaluate(right, context);
};

const runScript = async (
  script: string,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<{ readonly code: number; readonly log: string }> => {
  // https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax, "shell: bash"
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  }
  const code = await new Promise<number>((resolve) => {
    child.once('close', (status) => resolve(status ?? -1));
  });
  return { code, log };
};

const readOutputs = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.includes('='))
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

/** A project that has hookproof, as `npm install --save-dev hookproof` leaves it. */
const createWorkspace = async (): Promise<string> => {
  const workspace = await createFolder();
  await mkdir(join(workspace, 'node_modules/.bin'), { recursive: true });
  await symlink(join(root, 'dist/cli/main.cjs'), join(workspace, 'node_modules/.bin', 'hookproof'));
  return workspace;
};

/** Runs the action with these inputs; the environment of the job is `jobEnv`. */
export const runAction = async (
  inputs: Readonly<Record<string, string>>,
  jobEnv: Readonly<Record<string, string>> = {},
): Promise<Done> => {
  const workspace = await createWorkspace();
  const temp = await createFolder();
  const summaryFile = join(temp, 'summary');
  await writeFile(summaryFile, '');
  let context: Context = { 'github.action_path': root };
  for (const [name, value] of Object.entries(jobEnv))
    context = { ...context, [`env.${name}`]: value };
  for (const [name, input] of Object.entries(action.inputs)) {
    context = { ...context, [`inputs.${name}`]: inputs[name] ?? input.default ?? '' };
  }
  let log = '';
  let code = 0;
  for (const step of action.runs.steps) {
    if (code !== 0 || !isOn(step.if, context)) continue;
    const outputFile = join(temp, 'output');
    await writeFile(outputFile, '');
    const own = Object.entries(step.env).map(([name, value]) => [name, fill(value, context)]);
    const done = await runScript(step.run, {
      cwd: join(workspace, fill(step['working-directory'], context)),
      env: {
        PATH: process.env['PATH'],
        HOME: temp,
        RUNNER_TEMP: temp,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
        ...jobEnv,
        ...(Object.fromEntries(own) as Record<string, string>),
      },
    });
    code = done.code;
    log += done.log;
    for (const [name, value] of Object.entries(readOutputs(await readFile(outputFile, 'utf8')))) {
      context = { ...context, [`steps.${step.id}.outputs.${name}`]: value };
    }
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value, context)]),
  );
  return { code, outputs, log, summary: await readFile(summaryFile, 'utf8'), workspace };
};
