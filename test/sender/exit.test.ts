import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { httpServer, receive, tcpServer } from './servers.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

let folder = '';

/** The senders as JavaScript, for a process that ends only when nothing is left open. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'senders-'));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const options = '--ignoreConfig --noCheck --target es2023 --module nodenext --types node';
  const { status, stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/typescript/bin/tsc'),
      ...options.split(' '),
      ...['--rootDir', root, '--outDir', folder],
      join(root, 'simulator/sender/http.ts'),
      join(root, 'simulator/sender/raw.ts'),
    ],
    { cwd: root, encoding: 'utf8' },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = promisify(execFile);

interface Ending {
  /** What kept the process alive just after its work was done. */
  readonly open: readonly string[];
  /** How long it then took to end by itself. */
  readonly lingeredMs: number;
}

/** Runs a program that does nothing else, and looks at how it ends. */
const endingOf = async (work: string, url: string): Promise<Ending> => {
  const program = `
    import { createHttpTransport } from './simulator/sender/http.js';
    import { createRawSender } from './simulator/sender/raw.js';
    import { createTargetGuard } from './simulator/sender/targets.js';
    const options = { guard: createTargetGuard({ allowedHosts: [], resolve: {} }), insecure: false };
    const http = createHttpTransport(options);
    const raw = createRawSender(options);
    const url = ${JSON.stringify(url)};
    const request = { url, method: 'POST', headers: [], body: Buffer.from('a.b.c'), timeoutMs: 300, redirectsMax: 0 };
    const chunks = [Buffer.from('POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0\\r\\n\\r\\n')];
    await (async () => { ${work} })();
    const doneAt = performance.now();
    for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    const open = process.getActiveResourcesInfo().filter((name) => /Timeout|TCP|TLS|DNS|ADDR/i.test(name));
    process.on('exit', () => console.log(JSON.stringify({ open, lingeredMs: performance.now() - doneAt })));
  `;
  const file = join(folder, `on-port-${new URL(url).port}.js`);
  writeFileSync(file, program);
  const { stdout } = await run(process.execPath, [file], { timeout: 20_000 });
  return JSON.parse(stdout) as Ending;
};

const ONE_SEND = 'await http.send(request);';
const SEQUENCE = 'await http.sendInSequence([request, request, request]);';
const WRITE =
  "await raw.write({ url, method: 'POST', chunks, then: 'await-answer', timeoutMs: 300 });";
const RACE = 'await raw.race([request, request, request]);';

test.each([
  ['a delivery', ONE_SEND],
  ['a sequence', SEQUENCE],
  ['bytes', WRITE],
  ['a race', RACE],
])('nothing stays open after %s that was answered', async (_what, work) => {
  const server = await httpServer((request, response) => {
    receive(request).then(
      () => response.end('ok'),
      () => response.destroy(),
    );
  });
  const { open, lingeredMs } = await endingOf(work, server.origin);
  expect(open).toEqual([]);
  expect(lingeredMs).toBeLessThan(2000);
});

test.each([
  ['a delivery', ONE_SEND],
  ['bytes', WRITE],
  ['a race', RACE],
])('nothing stays open after %s that was never answered', async (_what, work) => {
  const server = await tcpServer((socket) => socket.resume());
  const { open, lingeredMs } = await endingOf(work, server.origin);
  expect(open).toEqual([]);
  expect(lingeredMs).toBeLessThan(2000);
});
