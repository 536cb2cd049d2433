/** The page of a load run, in a real browser. */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { expect, test } from 'vitest';
import { renderPage } from '../../cli/load/page.js';
import type { LoadResult } from '../../cli/load/record.js';
import { loadPageAssets } from '../../cli/simulation/page-assets.js';
import { policies } from '../../simulator/index.js';
import { createFolder } from '../cli/run.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const result: LoadResult = {
  schemaVersion: 1,
  tool: { name: 'hookproof', version: '0.0.0' },
  seed: 7,
  target: 'http://localhost/<script>alert(1)</script>',
  startedAt: '2026-01-02T03:04:05.000Z',
  policy: policies.documented,
  events: ['checks.finished'],
  model: 'open',
  ratePerSecond: 200,
  connections: 10,
  pipelining: 1,
  requests: 600,
  tookMs: 3000,
  perSecond: 200,
  latencyMs: { p50: 1, p90: 2, p99: 30, p999: 40, max: 50 },
  ends: { answered: 590, unwritten: 0, unknown: 10 },
  statuses: { 200: 580, 500: 10 },
  failures: { reset: 10, status: 10 },
  cramped: false,
  resent: 0,
  late: 0,
  lost: 10,
  effects: null,
  window: {
    failed: 20,
    total: 600,
    inRun: null,
    forecast: { disabledAfterMs: null, lookedAheadMs: 14_400_000, playedPerSecond: 10 },
  },
  spans: [0, 1, 2].map((second) => ({
    atMs: second * 1000,
    spanMs: 1000,
    requests: 200,
    failed: second * 10,
    p50Ms: second === 1 ? null : 1,
    p99Ms: second === 1 ? null : 30,
    maxMs: second === 1 ? null : 50,
  })),
  ramp: {
    steps: [{ perSecond: 50, held: true, requests: 100, failed: 0, p99Ms: 4, behindMs: 0 }],
    heldPerSecond: 50,
    brokenPerSecond: null,
  },
  interrupted: true,
  verdict: 'failed',
};

test.skipIf(!existsSync(executablePath))(
  'it draws, says the same in tables, and asks for nothing',
  async () => {
    const file = join(await createFolder(), 'load.html');
    await writeFile(file, renderPage(result, await loadPageAssets()));
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 800, height: 900 } });
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      page.on('request', (request) => {
        if (!/^(?:file|data):/.test(request.url())) problems.push(request.url());
      });
      await page.goto(pathToFileURL(file).href);
      expect(await page.locator('.uplot canvas').count()).toBe(2);
      const text = await page.locator('body').innerText();
      for (const part of [
        'Interrupted',
        '<script>alert(1)</script>',
        'status 500',
        '50/s',
        '3.33 %',
      ]) {
        expect(text).toContain(part);
      }
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
