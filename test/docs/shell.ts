/** Runs the commands of a page in a shell, with the built binary in the place of npx. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { readPage } from './pages.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));

export interface Example {
  readonly command: string;
  /** The block without a language that follows right after; empty if there is none. */
  readonly output: string;
}

/** The commands of a page in order, each with the output that the page shows of it. */
export const examplesIn = (path: string): readonly Example[] => {
  const { blocks, text } = readPage(path);
  const lines = text.split('\n');
  return blocks.flatMap(({ language, code, line }, index) => {
    if (language !== 'sh') return [];
    const next = blocks[index + 1];
    const end = line + code.split('\n').length - 1;
    const follows =
      next?.language === '' && lines.slice(end, next.line - 2).every((one) => one === '');
    return [{ command: code, output: follows ? next.code : '' }];
  });
};

/**
 * What a whole run would take is asked for in part: `verify` of one case and `forecast` of ten runs, unless
 * the page itself names cases or runs.
 */
const SHIM = `npx() {
  shift
  case "$1 $*" in
    verify*--only*|forecast*--runs*) ;;
    verify*) set -- "$@" --only idempotency/identical-copy ;;
    forecast*) set -- "$@" --runs 10 ;;
  esac
  "$NODE" "$BINARY" "$@"
}
`;

/** Runs commands in one shell. */
export const runShell = async (
  command: string,
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
) => {
  const child = spawn('bash', ['-c', `${SHIM}${command}`], {
    cwd,
    env: {
      ...process.env,
      ...{ NODE: process.execPath, BINARY: binary, FORCE_COLOR: undefined, NO_COLOR: undefined },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
};
