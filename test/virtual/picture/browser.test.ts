/** The page of a run in a real browser. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPageAssets } from '../../../cli/simulation/page-assets.js';
import { renderHtml } from '../../../simulator/virtual/picture/html.js';
import type { Scenario } from '../../../simulator/virtual/scenario.js';
import { awkward, play, shipped } from './runs.js';

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

interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

/** Different colours in the canvases of a part: a blank one has one, if any. */
const COLORS = (part: string): string => `(() => {
  const colors = new Set();
  for (const canvas of document.querySelectorAll('${part} canvas')) {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    for (const color of new Uint32Array(data.buffer)) colors.add(color);
  }
  return colors.size;
})()`;

const WIDTH = 'document.querySelector("#share canvas").clientWidth';

describe.skipIf(!existsSync(executablePath))('the page of a run in Chromium', () => {
  let browser: Browser;
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hookproof-timeline-'));
    browser = await chromium.launch({ executablePath, args });
  }, 60_000);

  afterAll(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  const open = async (
    scenario: Scenario,
    {
      width = 1100,
      colorScheme = 'light',
      javaScriptEnabled = true,
    }: { width?: number; colorScheme?: 'light' | 'dark'; javaScriptEnabled?: boolean } = {},
    parameters: Readonly<Record<string, string>> = {},
  ): Promise<Opened> => {
    const { timeline, result } = await play(scenario, { parameters });
    const file = join(folder, 'timeline.html');
    await writeFile(file, renderHtml(timeline, result, await loadPageAssets()));
    const page = await browser.newPage({
      viewport: { width, height: 1000 },
      colorScheme,
      javaScriptEnabled,
    });
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

  const rangeOf = async (page: Page): Promise<readonly number[]> => {
    const chart = page.locator('#chart');
    return [
      Number(await chart.getAttribute('data-from')),
      Number(await chart.getAttribute('data-until')),
    ];
  };

  /** Where an instant lies in the plot of the share, on the screen. */
  const placeOf = async (page: Page, atMs: number): Promise<{ x: number; y: number }> => {
    const box = await page.locator('#share .u-over').boundingBox();
    const [fromMs = 0, untilMs = 1] = await rangeOf(page);
    const share = (atMs - fromMs) / (untilMs - fromMs);
    return { x: (box?.x ?? 0) + share * (box?.width ?? 0), y: (box?.y ?? 0) + 60 };
  };

  test.each([
    ['poison-event', {}],
    ['total-outage', {}],
    ['one-of-two-hooks', {}],
    ['recovery-drill', {}],
    ['flapping', {}],
    ['deploy-every-10-min', { rate: '300/min' }],
  ])('draws %s without a complaint or a request of its own', async (name, parameters) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints, requests } = await open(shipped(name), { colorScheme }, parameters);
      const own = requests.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'));
      expect({ complaints, own }).toEqual({ complaints: [], own: [] });
      expect(await page.evaluate(COLORS('#share'))).toBeGreaterThan(3);
      expect(await page.evaluate(COLORS('#bars'))).toBeGreaterThan(2);
      const { HOOKPROOF_SCREENSHOTS: shots } = process.env;
      if (shots !== undefined)
        await page.screenshot({ path: join(shots, `${name}-${colorScheme}.png`), fullPage: true });
      await page.close();
    }
  });

  test('shows the row of the disabling under the pointer', async () => {
    const { page } = await open(shipped('total-outage'));
    const early = await placeOf(page, -1_800_000);
    await page.mouse.move(early.x, early.y);
    expect(await page.textContent('#readout')).toContain('delivered');
    expect(await page.textContent('#readout')).not.toContain('disabled');
    const { x, y } = await placeOf(page, 31 * 60_000);
    await page.mouse.move(x + 2, y);
    const text = (await page.textContent('#readout')) ?? '';
    for (const part of ['31m', 'checks.finished', '1 of 6', '503 (failed)', '113 of 141'])
      expect(text).toContain(part);
    for (const part of ['80.14 %', '0 failures', 'dropped', 'disabled by the rule', 'e-mail to'])
      expect(text).toContain(part);
    await page.close();
  });

  test('zooms by dragging, in both plots, and back by its button and a double click', async () => {
    const { page } = await open(shipped('total-outage'));
    const whole = await rangeOf(page);
    const from = await placeOf(page, 0);
    const until = await placeOf(page, 3_600_000);
    const drag = async (): Promise<void> => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(until.x, until.y, { steps: 5 });
      await page.mouse.up();
    };
    await drag();
    const [fromMs = 0, untilMs = 0] = await rangeOf(page);
    expect(Math.abs(fromMs)).toBeLessThan(60_000);
    expect(Math.abs(untilMs - 3_600_000)).toBeLessThan(60_000);
    expect(await page.textContent('#per')).toBe('attempts and missed events per 30s');
    await page.click('#reset');
    expect(await rangeOf(page)).toEqual(whole);
    await drag();
    expect(await rangeOf(page)).not.toEqual(whole);
    await page.mouse.dblclick(from.x + 50, from.y);
    expect(await rangeOf(page)).toEqual(whole);
    expect(await page.isDisabled('#reset')).toBe(true);
    await page.close();
  });

  test('can be read and zoomed by keyboard alone', async () => {
    const { page } = await open(shipped('recovery-drill'));
    const whole = await rangeOf(page);
    for (let tabs = 0; tabs < 10; tabs++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.id')) === 'chart') break;
    }
    await page.keyboard.press('Home');
    expect(await page.textContent('#said')).toContain('Time -1h');
    await page.keyboard.press('ArrowRight');
    expect(await page.textContent('#said')).toContain('Time -59m');
    await page.keyboard.press('d');
    expect(await page.textContent('#said')).toContain('disabled by the rule');
    await page.keyboard.press('+');
    const [fromMs = 0, untilMs = 0] = await rangeOf(page);
    expect(untilMs - fromMs).toBeLessThan(0.51 * ((whole[1] ?? 0) - (whole[0] ?? 0)));
    await page.keyboard.press('End');
    expect((await rangeOf(page))[1]).toBeGreaterThan(untilMs);
    await page.keyboard.press('Escape');
    expect(await rangeOf(page)).toEqual(whole);
    await page.close();
  });

  test('shows the other hook where there are two', async () => {
    const { page } = await open(shipped('one-of-two-hooks'));
    expect(await page.textContent('#readout')).not.toContain('disabled');
    await page.selectOption('#hook', 'everything');
    expect(await page.textContent('#readout')).toContain('disabled by the rule: 226 of 282');
    await page.close();
  });

  test('says the same in tables', async () => {
    const { page } = await open(shipped('recovery-drill'));
    const buckets = page.locator('details', { hasText: 'The timeline as a table' });
    await buckets.locator('summary').click();
    expect(await buckets.locator('tbody tr').count()).toBeGreaterThan(20);
    await page.locator('#ledger summary').click();
    const rows = page.locator('#ledger tbody tr');
    expect(await rows.count()).toBeGreaterThan(200);
    expect(await rows.filter({ hasText: 'disabled by the rule' }).count()).toBe(1);
    expect(await page.textContent('body')).toContain('The reading: documented');
    await page.close();
  });

  test('shows a picture without its script', async () => {
    const { page } = await open(shipped('total-outage'), { javaScriptEnabled: false });
    expect(await page.locator('svg').isVisible()).toBe(true);
    expect(await page.locator('#chart').isVisible()).toBe(false);
    await page.close();
  });

  test('takes names as text', async () => {
    const name = '</script><script>document.title="taken"</script><b id=taken>';
    const { page, complaints } = await open(awkward(name));
    expect(complaints).toEqual([]);
    expect(await page.title()).toContain(name);
    expect(await page.locator('#taken').count()).toBe(0);
    expect(await page.textContent('h1')).toBe(name);
    await page.close();
  });

  test('fits a narrow window, and one that is resized', async () => {
    const { page, complaints } = await open(shipped('total-outage'), { width: 600 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(600);
    await page.setViewportSize({ width: 360, height: 800 });
    await expect.poll(() => page.evaluate(WIDTH)).toBeLessThan(360);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.setViewportSize({ width: 1400, height: 800 });
    await expect.poll(() => page.evaluate(WIDTH)).toBeGreaterThan(1000);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('follows the reader from light to dark', async () => {
    const { page } = await open(shipped('total-outage'));
    const light = await page.locator('#chart').screenshot();
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.waitForTimeout(200);
    const dark = await page.locator('#chart').screenshot();
    expect(dark.equals(light)).toBe(false);
    expect(await page.evaluate(COLORS('#share'))).toBeGreaterThan(3);
    await page.close();
  });
});
