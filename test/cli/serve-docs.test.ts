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
import { hasPostgres, startPostgres } from '../server/postgres.js';
import { createFolder } from './run.js';
import { freePort, startRecorder } from './serving.js';

const binary = fileURLToPath(new URL('../../dist/cli/main.cjs', import.meta.url));
const docs = new URL('../../docs/serve.md', import.meta.url);

/** What needs more than this machine has: a container engine, and maybe PostgreSQL. */
const NOT_RUN = hasPostgres ? /\bdocker\b/ : /\bdocker\b|DATABASE_URL/;

/** In place of npx: what serves goes on in the background, and ends the one of its kind before it. */
const shim = (port: number): string => `#!/usr/bin/env bash
shift
pid="$PIDS/$1.pid"; ready="$PIDS/$1.ready"; log="$PIDS/$1.log"
[ "$1" = serve ] && set -- "$@" --port ${port}
if [ -f "$pid" ]; then kill "$(cat "$pid")"; while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.05; done; fi
: >"$ready"
"${process.execPath}" "${binary}" "$@" >"$ready" 2>>"$log" &
echo $! >"$pid"
until grep -q ready "$ready"; do kill -0 "$(cat "$pid")" || { cat "$log" >&2; exit 1; }; sleep 0.05; done
cat "$ready"
`;

const END = 'for pid in "$PIDS"/*.pid; do kill "$(cat "$pid")"; done';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

test.skipIf(!hasCurl)(
  'every command of docs/serve.md does what it says',
  async () => {
    const folder = await createFolder();
    const receiver = await startRecorder();
    const smtp = await startSmtp();
    const port = await freePort();
    const postgres = hasPostgres ? await startPostgres() : undefined;
    const databaseUrl = (await postgres?.database()) ?? '';
    await writeFile(join(folder, 'npx'), shim(port));
    await chmod(join(folder, 'npx'), 0o755);
    const text = await readFile(docs, 'utf8');
    const blocks = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, code = '']) => code);
    const run = blocks.filter((code) => !NOT_RUN.test(code));
    expect(blocks.length - run.length).toBe(hasPostgres ? 1 : 2);
    const script = run
      .join('\n')
      .replaceAll('127.0.0.1:4000', `127.0.0.1:${port}`)
      .replaceAll('localhost:3000', new URL(receiver.url).host)
      .replaceAll('127.0.0.1:1025', smtp.host)
      .replaceAll(/postgres:\S+/g, databaseUrl);
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
    spawnSync('bash', ['-c', END], { env: { ...process.env, PIDS: folder } });
    await postgres?.stop();
    const log = await readFile(join(folder, 'serve.log'), 'utf8');
    expect(log.match(/^.*"level":"error".*$/gm) ?? []).toEqual([]);
    expect([said.stderr, code]).toEqual(['', 0]);
    expect(said.stdout).toContain(`{"ready":true,"url":"http://127.0.0.1:${port}"}`);
    expect(said.stdout).toContain('"subject":"Hook d');
    expect(receiver.taken.length).toBeGreaterThan(2);
  },
  180_000,
);
