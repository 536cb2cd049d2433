/** What docs/send.md and docs/capture.md show is run: each command, with the output that follows it. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { signDelivery } from '../../simulator/index.js';
import { makeEvent } from '../capture/deliveries.js';
import { examplesIn, runShell } from '../docs/shell.js';
import { key, startReal, startScripted } from './receivers.js';
import { createFolder, start } from './run.js';

/** What differs from run to run, made equal: ids, numbers, addresses and how wide columns are. */
const leveled = (text: string): string =>
  text
    .replaceAll(/[A-Z]{3}[0-9a-f]{40}/g, 'ID')
    .replaceAll(/\+[\dhms]+/g, '+T')
    .replaceAll(/in \d+ ms/g, 'in N ms')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'INSTANT')
    .replaceAll(/ {2,}/g, '  ')
    .trim();

test('docs/send.md', async () => {
  const folder = await createFolder();
  const right = await startReal('hono');
  const busy = await startScripted((turn) =>
    turn < 2 ? { status: 503, body: 'busy' } : { status: 200 },
  );
  const examples = examplesIn('docs/send.md');
  expect(examples).toHaveLength(4);
  for (const { command, output } of examples) {
    const toRight = 'http://localhost:3000/webhooks/truora';
    const here = command
      .replace(toRight, right.url)
      .replace('http://localhost:3001/webhooks/truora', busy.url);
    const { code, stdout, stderr } = await runShell(here, {
      cwd: folder,
      env: { HOOKPROOF_KEY: key },
    });
    expect({ command, code, stderr }).toMatchObject({ command, code: 0 });
    expect(leveled(stdout.replace(right.url, toRight))).toContain(leveled(output));
  }
});

test('docs/capture.md', async () => {
  const folder = await createFolder();
  const right = await startReal('hono');
  const [first, ...rest] = examplesIn('docs/capture.md');
  expect(rest).toHaveLength(3);
  const args = first?.command.trim().split(' ').slice(2) ?? [];
  const out = join(folder, 'captures');
  const free = args.map((word) => (word === '4001' ? '0' : word === 'captures' ? out : word));
  const { child, finished, output } = start(free, { HOOKPROOF_KEY: key });
  onTestFinished(() => void child.kill('SIGKILL'));
  await expect.poll(() => output.stdout, { timeout: 10_000 }).toContain('\n');
  const { url } = JSON.parse(output.stdout) as { readonly url: string };

  const { event } = makeEvent('checks.finished');
  const odd = {
    ...event,
    id: event.id.replace(/.$/, '0'),
    object: { ...event.object, status: 'blocked', risk_level: 'x' },
  };
  for (const [one, headers] of [
    [event, { 'X-Truora-Signature': 'x' }],
    [odd, {}],
  ] as const) {
    const body = signDelivery({ events: [one], iat: 1_767_323_046, iss: 'Truora' }, key);
    const sent = { 'Content-Type': 'application/jwt', ...headers };
    await fetch(url, { method: 'POST', body, headers: sent });
  }
  child.kill('SIGINT');
  expect((await finished).code).toBe(0);

  for (const { command, output: shown } of rest) {
    const here = command.replace('http://localhost:3000/webhooks/truora', right.url);
    const { code, stdout, stderr } = await runShell(here, {
      cwd: folder,
      env: { HOOKPROOF_KEY: key },
    });
    const wanted = command.includes(' drift ') ? 1 : 0;
    expect({ command, code, stderr }).toMatchObject({ command, code: wanted });
    expect(leveled(stdout)).toContain(leveled(shown));
  }
});
