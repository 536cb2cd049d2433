/** Figures of the page: its first paint, and lists of many events. They are printed, not judged. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { follow, hasBrowser, openPageLab, type PageLab, PATIENCE } from './open.js';

const EVENTS = Number(process.env['HOOKPROOF_PAGE_EVENTS'] ?? 5000);
const AT_A_TIME = 1000;

const PAINTS = `Object.fromEntries(performance.getEntriesByType('paint')
  .map(({ name, startTime }) => [name, Math.round(startTime)]))`;

const say = (line: string): void => void process.stdout.write(`page: ${line}\n`);

describe.skipIf(!hasBrowser)('the page under load', { timeout: 120_000 }, () => {
  let lab: PageLab;

  beforeAll(async () => {
    lab = await openPageLab();
    for (let count = 0; count < EVENTS; count += AT_A_TIME) {
      const event = count === 0 ? 'digital_identity.succeeded' : 'checks.finished';
      await lab.standIn.emit({ event, count: AT_A_TIME });
    }
  }, 600_000);

  afterAll(async () => lab.close());

  test('paints', async () => {
    const page = await lab.open();
    await page.getByRole('heading', { level: 1, name: 'Hooks' }).waitFor();
    const paints = await page.evaluate<Readonly<Record<string, number>>>(PAINTS);
    say(
      `first paint ${paints['first-paint']} ms, with content ${paints['first-contentful-paint']} ms`,
    );
    expect(paints['first-contentful-paint']).toBeGreaterThan(0);
    await page.context().close();
  });

  test('leafs and searches, page by page', async () => {
    const page = await lab.open();
    await follow(page, '#/events');
    const rows = page.locator('tbody tr');
    const firstId = async () => rows.first().locator('code').first().getAttribute('title');
    await expect.poll(async () => rows.count(), PATIENCE).toBe(50);
    expect(await page.getByText(`${EVENTS.toLocaleString('en-GB')} in all`).count()).toBe(1);

    const newest = await firstId();
    let startMs = performance.now();
    await page.getByRole('button', { name: 'Older' }).click();
    await expect.poll(firstId, { ...PATIENCE, interval: 5 }).not.toBe(newest);
    say(`next page of ${EVENTS} events after ${Math.round(performance.now() - startMs)} ms`);
    await page.getByText('Page 2').waitFor();
    await page.getByRole('button', { name: 'Newest' }).click();
    await expect.poll(firstId, PATIENCE).toBe(newest);

    startMs = performance.now();
    await page.getByLabel('Search').fill('digital_identity');
    await page.getByRole('link', { name: 'digital_identity.succeeded' }).first().waitFor();
    say(`search after ${Math.round(performance.now() - startMs)} ms, typing's pause included`);
    expect(await rows.count()).toBe(50);
    await page.getByLabel('Search').fill('no such thing');
    await page.getByText('No event fits.').waitFor();
    await page.context().close();
  });
});
