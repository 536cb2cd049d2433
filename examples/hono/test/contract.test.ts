import { verifyReceiver } from 'hookproof';
import { expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { openStore } from '../src/store.ts';

const key = '0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const MINUTE_MS = 60_000;

test('keeps the contract of Truora’s hooks', { timeout: 3 * MINUTE_MS }, async () => {
  const store = await openStore();
  const app = createApp({ key, applyOnce: store.applyOnce });

  const { problem, findings, summary } = await verifyReceiver(app.fetch, {
    key,
    probe: async ({ id }) => store.changesOf(id),
    probeSettleMs: 100,
    // With the defect, only what can find it.
    only: process.env['DEFECT'] ? ['verification/key-of-a-*', 'verification/mac-zero'] : [],
  });
  await store.close();
  expect(problem).toBeNull();
  expect(findings.filter(({ level }) => level === 'must')).toEqual([]);
  expect(summary.verdict).toBe('passed');
});
