import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { verifyReceiver } from 'hookproof';

const key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

test('keeps the contract of Truora’s hooks', async (context) => {
  const server = spawn(process.execPath, ['src/server.js'], {
    env: { ...process.env, DATABASE: ':memory:', PORT: '0', TRUORA_SIGNING_KEY: key },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  context.after(() => server.kill());
  const [url] = await once(createInterface(server.stdout), 'line');

  const { problem, findings, summary } = await verifyReceiver(url, {
    key,
    probe: { url: `${new URL('/status-changes', url)}?event_id={eventId}` },
    probeSettleMs: 100,
    strict: true,
    // With the defect, only what can find it.
    only: process.env.DEFECT ? ['transport/content-type*'] : [],
  });
  assert.equal(problem, null);
  assert.deepEqual(findings, []);
  assert.equal(summary.verdict, 'passed');
});
