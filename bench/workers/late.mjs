// How late retries are: every event fails once, at a steady rate, and is due again two seconds later.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { judge, progress } from '../measure.mjs';
import { startReceiver, startServe, startWorker } from './cluster.mjs';

const RATE = 200;
const EVERY_MS = 50;
const GOAL_MS = 500;
const WORKERS = 2;

const POLICY = {
  attemptsMax: 2,
  delaysMs: [2000],
  threshold: { numerator: 1, denominator: 1 },
};

const readLedger = async ({ ask }) => {
  const rows = [];
  for (let key = ''; key !== null;) {
    const page = await ask(`/ledger?limit=1000${key && `&startKey=${encodeURIComponent(key)}`}`);
    rows.push(...page.rows);
    key = page.next;
  }
  return rows;
};

/** Milliseconds between when a retry was due and when it began. */
const latenessIn = (rows) => {
  const dueMs = new Map();
  const late = [];
  for (const { kind, deliveryId, startedMs, retryAtMs } of rows) {
    if (kind !== 'attempt') continue;
    if (dueMs.has(deliveryId)) late.push(startedMs - dueMs.get(deliveryId));
    if (retryAtMs !== null) dueMs.set(deliveryId, retryAtMs);
  }
  return late.toSorted((one, other) => one - other);
};

export const section = async ({ postgres, quick }) => {
  const seconds = quick ? 5 : 20;
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-bench-'));
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(POLICY));
  const env = { DATABASE_URL: postgres.url };
  const receiver = await startReceiver(5, 'flaky');
  const args = ['--concurrency', '0', '--log-level', 'error', '--policy', policy];
  const serve = await startServe([...args, '--hook', receiver.url], env);
  const workers = await Promise.all(
    Array.from({ length: WORKERS }, async () => startWorker(32, env)),
  );
  try {
    const wanted = RATE * seconds;
    const startMs = performance.now();
    for (let emitted = 0; emitted < wanted; emitted += (RATE * EVERY_MS) / 1000) {
      await serve.ask('/emit', { event: 'checks.finished', count: (RATE * EVERY_MS) / 1000 });
      const aheadMs = startMs + (1000 * emitted) / RATE + EVERY_MS - performance.now();
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      progress(`late: ${emitted} of ${wanted} events`);
    }
    progress('');
    const tookMs = performance.now() - startMs;
    await receiver.reached(2 * wanted);
    const late = latenessIn(await readLedger(serve));
    const at = (share) => late[Math.min(late.length - 1, Math.floor(share * late.length))];
    console.log(
      `\n${late.length} retries, ${((1000 * wanted) / tookMs).toFixed(0)} events a second, ${WORKERS} workers`,
    );
    judge('retries late, median', at(0.5), '<=', undefined, 'ms');
    judge('retries late, p99', at(0.99), '<=', GOAL_MS, 'ms');
    judge('retries late, most', at(1), '<=', undefined, 'ms');
  } finally {
    for (const worker of workers) await worker.end();
    await serve.end();
    receiver.end();
    rmSync(folder, { recursive: true, force: true });
  }
};
