/** What docs/load.md shows is run: each command, with the output that follows it. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { key, startReal, startScripted } from '../cli/receivers.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const page = readFileSync(new URL('../../docs/load.md', import.meta.url), 'utf8');

const examples = [...page.matchAll(/```sh\n([\s\S]*?)```\n(?:\n```\n([\s\S]*?)```\n)?/g)].map(
  ([, command = '', output = '']) => ({ command, output }),
);

/** Figures that differ from run to run, made equal; those that were asked for stay. */
const leveled = (text: string): string =>
  text
    .replaceAll(/[\d.,]+ m?s\b/g, 'TIME')
    .replaceAll(/[\d,]+\/s on/g, 'RATE on')
    .replaceAll(/\d+m\d*s?\b/g, 'SPAN')
    .replaceAll(/after \d+ms/g, 'after SPAN')
    .replaceAll(/deliveries {2}[\d,]+ in TIME, as/g, 'deliveries  MANY in TIME, as')
    .replaceAll(/200: [\d,]+/g, '200: MANY')
    .replaceAll(/ {2,}/g, '  ')
    .trim();

const run = async (command: string) => {
  const child = spawn('bash', ['-c', `npx() { shift; "$NODE" "$BINARY" "$@"; }\n${command}`], {
    env: { ...process.env, NODE: process.execPath, BINARY: binary, HOOKPROOF_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
};

test('docs/load.md', async () => {
  const right = await startReal('hono');
  const broken = await startScripted(() => ({ status: 503 }));
  expect(examples).toHaveLength(4);
  for (const { command, output } of examples) {
    const here = command
      .replace('http://localhost:3000/webhooks/truora', right.url)
      .replace('http://localhost:3000', new URL(right.url).origin)
      .replace('http://localhost:3001/webhooks/truora', broken.url);
    const { code, stdout, stderr } = await run(here);
    const wanted = command.includes('3001') ? 1 : 0;
    expect({ command, code, stderr, stdout }).toMatchObject({ command, code: wanted });
    expect(leveled(stdout)).toContain(leveled(output));
  }
});
