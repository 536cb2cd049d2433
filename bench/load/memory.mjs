// Memory over ten million deliveries: it must not grow with their number.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPolicy,
  createRandom,
  createTargetGuard,
  loadLoad,
} from '../../dist/simulator/index.js';
import { judge, progress } from '../measure.mjs';
import { startReceiver } from './receiver.mjs';

const REQUESTS = 10_000_000;
const QUICK_REQUESTS = 500_000;
const MB = 2 ** 20;
/** What the collector may leave at one look and not at another. */
const SLACK_MB = 16;

export const section = async ({ quick }) => {
  const { createTemplate, startLoad } = await loadLoad();
  const folder = mkdtempSync(join(tmpdir(), 'hookproof-bench-'));
  const receiver = await startReceiver(folder);
  const count = quick ? QUICK_REQUESTS : REQUESTS;
  const key = 'k'.repeat(64);
  const template = createTemplate('checks.finished', {
    key,
    random: createRandom(1),
    atMs: Date.now(),
  });
  const begin = (requests, firstNumber) =>
    startLoad({
      url: receiver.url,
      templates: [template],
      headers: [['Content-Type', 'application/jwt']],
      http: { guard: createTargetGuard({ allowedHosts: [], resolve: {} }), insecure: false },
      policy: createPolicy({}),
      connections: 10,
      pipelining: 16,
      count: requests,
      firstNumber,
    });
  try {
    const looks = [];
    const run = begin(count, 0);
    const looking = setInterval(() => {
      const { requests } = run.books.figures();
      const rssMb = process.memoryUsage.rss() / MB;
      looks.push({ share: requests / count, rssMb });
      progress(`${requests} of ${count}, ${rssMb.toFixed(0)} MB`);
    }, 250);
    await run.done;
    clearInterval(looking);
    const { requests, failed } = run.books.figures();
    const had = await receiver.count();
    if (had !== requests || failed > 0) {
      throw new Error(`sent ${requests}, the receiver had ${had}`);
    }
    const highest = (from, until) =>
      Math.max(
        ...looks.filter(({ share }) => share >= from && share < until).map(({ rssMb }) => rssMb),
      );
    const early = highest(0.05, 0.25);
    const late = highest(0.75, 1.01);
    console.log(`\n${requests} deliveries, and the receiver had each once`);
    judge('resident memory in the last quarter', late, '<=', early + SLACK_MB, 'MB');
    judge('more than in the first quarter', late - early, '<=', SLACK_MB, 'MB');
  } finally {
    receiver.end();
    rmSync(folder, { recursive: true, force: true });
  }
};
