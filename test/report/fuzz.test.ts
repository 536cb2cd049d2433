import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { FuzzResult, Schedule } from '../../contracts/index.js';
import { fuzzReportFormats, loadFuzzRenderer } from '../../contracts/report/fuzz/index.js';
import { pictureOf } from '../../contracts/report/fuzz/picture.js';

const schedule: Schedule = {
  events: {
    A: { pair: 'checks.created' },
    B: { pair: 'checks.finished', like: { event: 'A', how: 'same-resource' } },
  },
  commands: [
    { do: 'concurrent', events: ['A', 'A'] },
    { do: 'fail-next', event: 'B' },
    { do: 'crossed', events: ['A', 'B'] },
    { do: 'restart' },
    { do: 'forge', event: 'B' },
  ],
};

const failed: FuzzResult = {
  schemaVersion: 1,
  target: 'http://localhost:3000/hook?a=<b>&c',
  seed: 7,
  verdict: 'failed',
  runs: 40,
  kinds: ['deliver', 'concurrent', 'restart'],
  counterexample: {
    invariant: 'at-most-once',
    rule: 'An event has one effect.',
    outcome: '2 effects of A',
    schedule,
    length: 6,
    sentence: 'two copies of A at the same moment → 2 effects of A',
    found: { ...schedule, commands: [...schedule.commands, { do: 'copy', event: 'A' }] },
    foundAfterMs: 400,
    reproduced: { failed: 7, of: 10 },
  },
  problem: null,
  durationMs: 1234,
};

const results: Readonly<Record<string, FuzzResult>> = {
  failed,
  passed: { ...failed, verdict: 'passed', counterexample: null },
  inconclusive: {
    ...failed,
    verdict: 'inconclusive',
    counterexample: null,
    problem: { message: 'nobody listens', remedy: 'start the receiver' },
  },
};

const render = async (format: (typeof fuzzReportFormats)[number], name: string) => {
  const result = results[name];
  if (result === undefined) throw new Error(`no result ${name}`);
  const replay = result.counterexample === null ? null : '.hookproof/replays/x.json';
  return (await loadFuzzRenderer(format))({ result, version: '0.0.0', replay });
};

describe.each(fuzzReportFormats)('as %s', (format) => {
  test.each(Object.keys(results))('a run that %s stays as it was', async (name) => {
    await expect(await render(format, name)).toMatchFileSnapshot(
      `golden/fuzz-${name}.${format}.txt`,
    );
  });
});

test('the JSON has what a script needs', async () => {
  expect(JSON.parse(await render('json', 'failed'))).toMatchObject({
    verdict: 'failed',
    invariant: 'at-most-once',
    schedule: schedule.commands,
    length: 6,
    sentence: failed.counterexample?.sentence,
    replay: '.hookproof/replays/x.json',
  });
});

test('a picture has a lane for each event and a label for each step', () => {
  const picture = pictureOf(schedule, '2 effects of A');
  expect(picture.match(/class="lane"/gu)).toHaveLength(2);
  expect(picture.match(/class="taken"/gu)).toHaveLength(4);
  expect(picture).toContain('restart');
});

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

test.skipIf(!existsSync(executablePath))('the page opens in Chromium, on a phone too', async () => {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  const page = await browser.newPage({ viewport: { width: 380, height: 800 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) complaints.push(request.url());
  });
  await page.setContent(await render('html', 'failed'));
  const width = await page.evaluate('document.documentElement.scrollWidth');
  const title = await page.textContent('h1');
  await browser.close();
  expect({ width, title, complaints }).toEqual({
    width: 380,
    title: 'A schedule breaks the receiver',
    complaints: [],
  });
});
