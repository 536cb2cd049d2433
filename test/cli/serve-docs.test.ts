/**
 * Runs the commands of docs/serve.md as they are written, in one shell. Only ports are replaced; what
 * serves is left running until the next one starts.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startSmtp } from '../server/mail/smtp-servers.js';
import { createFolder } from './run.js';
import { freePort, startRecorder } from './serving.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const docs = new URL('../../docs/serve.md', import.meta.url);

/** What needs more than this machine has: a container engine. */
const NOT_RUN = /\bdocker\b/;
const WITH_POSTGRES = 'DATABASE_URL';

/** In place of npx: `serve` goes on in the background, and ends the one before it. */
const shim = (port: number): string => `#!/usr/bin/env bash
shift
[ "$1" = serve ] || exec "${process.execPath}" "${binary}" "$@"
if [ -f "$PIDS/serve" ]; then kill "$(cat "$PIDS/serve")"; while kill -0 "$(cat "$PIDS/serve")" 2>/dev/null; do sleep 0.02; done; fi
"${process.execPath}" "${binary}" "$@" --port ${port} >"$PIDS/ready" 2>"$PIDS/log" &
echo $! >"$PIDS/serve"
until grep -q ready "$PIDS/ready"; do kill -0 "$(cat "$PIDS/serve")" || { cat "$PIDS/log" >&2; exit 1; }; sleep 0.02; done
cat "$PIDS/ready"
`;

test('every command of docs/serve.md does what it says', async () => {
  const folder = await createFolder();
  const receiver = await startRecorder();
  const smtp = await startSmtp();
  const port = await freePort();
  await writeFile(join(folder, 'npx'), shim(port));
  await chmod(join(folder, 'npx'), 0o755);
  const text = await readFile(docs, 'utf8');
  const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, code = '']) => code);
  const run = blocks.filter((code) => !NOT_RUN.test(code) && !code.includes(WITH_POSTGRES));
  expect(blocks.length - run.length).toBe(2);
  const script = run
    .join('\n')
    .replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`)
    .replaceAll('localhost:3000', new URL(receiver.url).host)
    .replaceAll('127.0.0.1:1025', smtp.host);
  const shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: folder,
    env: {
      ...process.env,
      ...{ PATH: `${folder}:${process.env['PATH'] ?? ''}`, PIDS: folder },
      ...{ DATABASE_URL: '', SMTP_URL: '', HOOKPROOF_SECRET: '', HOOKPROOF_CONTROL_TOKEN: '' },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { stdout: '', stderr: '' };
  shell.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString('utf8')));
  shell.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString('utf8')));
  const code = await new Promise((resolve) => shell.once('exit', resolve));
  spawnSync('bash', ['-c', 'kill "$(cat "$PIDS/serve")"'], {
    env: { ...process.env, PIDS: folder },
  });
  const log = await readFile(join(folder, 'log'), 'utf8');
  expect(log.match(/^.*"level":"error".*$/gm) ?? []).toEqual([]);
  expect([said.stderr, code]).toEqual(['', 0]);
  expect(said.stdout).toContain(`{"ready":true,"url":"http://127.0.0.1:${port}"}`);
  expect(said.stdout).toContain('"subject":"Hook d');
  expect(receiver.taken.length).toBeGreaterThan(2);
}, 180_000);
