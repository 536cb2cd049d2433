/** The page in a real browser: it asks for nothing, complains of nothing, and fits a phone. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { htmlReporter } from '../../contracts/report/html.js';
import { awkward, results } from './results.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

describe.skipIf(!existsSync(executablePath))('the HTML report in Chromium', () => {
  let browser: Browser;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookproof-html-'));
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (
    name: keyof typeof results,
    width: number,
  ): Promise<{ page: Page; complaints: string[]; requests: string[] }> => {
    const file = join(folder, `${name}.html`);
    await writeFile(file, htmlReporter.render(results[name], { color: false, columns: 80 }));
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning')
        complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, complaints, requests };
  };

  test.each(['failing', 'passing', 'stopped', 'inconclusive', 'strict'] as const)(
    'opens a %s run without a complaint or a request of its own',
    async (name) => {
      const { page, complaints, requests } = await open(name, 1100);
      const own = requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
      expect({ complaints, own }).toEqual({ complaints: [], own: [] });
      expect(await page.locator('h1').count()).toBe(1);
      await page.close();
    },
  );

  test('shows every finding, and every case in its table', async () => {
    const { page } = await open('failing', 1100);
    const { findings, cases } = results.failing;
    expect(await page.locator('.finding').count()).toBe(findings.length);
    expect(await page.locator('.cases tbody tr').count()).toBe(cases.length);
    await page.close();
  });

  test('takes what a receiver says as text', async () => {
    const { page } = await open('failing', 1100);
    const text = (await page.textContent('body')) ?? '';
    expect(text).toContain(awkward.slice(0, 8));
    expect(await page.locator('b', { hasText: '&amp;' }).count()).toBe(0);
    await page.close();
  });

  test('filters its cases by verdict and text', async () => {
    const { page } = await open('failing', 1100);
    await page.selectOption('#verdict', 'passed');
    const passed = results.failing.cases.filter(({ verdict }) => verdict === 'passed').length;
    expect(await page.locator('.cases tbody tr:visible').count()).toBe(passed);
    await page.fill('#text', 'nothing is called this');
    expect(await page.locator('.cases tbody tr:visible').count()).toBe(0);
    await page.close();
  });

  test('fits a phone', async () => {
    const { page } = await open('failing', 375);
    for (const summary of await page.locator('.finding > details > summary').all()) {
      await summary.click();
    }
    const width = await page.evaluate('document.documentElement.scrollWidth');
    expect(width).toBe(375);
    const { HOOKPROOF_SCREENSHOTS: shots } = process.env;
    if (shots !== undefined)
      await page.screenshot({ path: join(shots, 'phone.png'), fullPage: true });
    await page.close();
  });

  test('looks as it should, as far as a picture tells', async () => {
    const { page } = await open('failing', 1100);
    await page.locator('.finding > details > summary').first().click();
    const picture = await page.screenshot({ fullPage: true });
    expect(picture.length).toBeGreaterThan(20_000);
    const { HOOKPROOF_SCREENSHOTS: shots } = process.env;
    if (shots !== undefined) await writeFile(join(shots, 'desktop.png'), picture);
    await page.close();
  });
});
