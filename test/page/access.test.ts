/** Everybody can use the page: axe in every view, the keyboard alone, a phone. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { follow, hasBrowser, openPageLab, type PageLab, PATIENCE, picture } from './open.js';

interface Finding {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe finds; it has to be put into the page before. */
const findingsIn = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await page.evaluate<{ readonly violations: readonly Finding[] }>(
    'axe.run(document, { resultTypes: ["violations"] })',
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
};

const LABEL_OF_FOCUSED = `(({ ariaLabel, labels, textContent }) =>
  ariaLabel ?? labels?.[0]?.textContent ?? textContent)(document.activeElement)`;

describe.skipIf(!hasBrowser)('the page for everybody', { timeout: 120_000 }, () => {
  let lab: PageLab;
  let views: readonly (readonly [name: string, address: string])[] = [];

  beforeAll(async () => {
    lab = await openPageLab();
    const { standIn, receiver } = lab;
    const draft = {
      eventType: 'all',
      subscriberType: 'web',
      subscriberUrl: receiver.url,
      creatorAddress: 'creator@shop.test',
      ownerAddress: 'owner@shop.test',
    } as const;
    const well = await standIn.hooks.create({ ...draft, subscriberName: 'Well' });
    const ill = await standIn.hooks.create({ ...draft, subscriberName: 'Ill' });
    await standIn.hooks.setFault(ill.id, { outcome: { kind: 'timeout' }, times: null });
    const { events } = await standIn.emit({ event: 'checks.finished', count: 6 });
    await standIn.clock.advance(30_000);
    const { rows } = await standIn.mails.list();
    views = [
      ['hooks', '#/hooks'],
      ['hook', `#/hooks/${well.id}`],
      ['disabled-hook', `#/hooks/${ill.id}`],
      ['events', '#/events'],
      ['event', `#/events/${events[0]?.id ?? ''}`],
      ['emit', '#/emit'],
      ['lifecycle', '#/emit?mode=lifecycle'],
      ['mails', '#/mails'],
      ['mail', `#/mails/${rows[0]?.id ?? ''}`],
      ['clock', '#/clock'],
      ['drill', '#/drill'],
      ['missing', '#/events/HKE0'],
    ];
  }, 60_000);

  afterEach(() => {
    // The browser itself logs that what is missing was answered by 404.
    expect(lab.complaints.filter((words) => !words.includes('404'))).toEqual([]);
  });

  afterAll(async () => lab.close());

  const settle = async (page: Page): Promise<void> => {
    await page.locator('main h1').waitFor();
  };

  test.each(['light', 'dark'] as const)(
    'has nothing serious or critical for axe in the %s',
    async (colorScheme) => {
      const page = await lab.open({ colorScheme });
      await page.evaluate(axe.source);
      for (const [name, address] of views) {
        await follow(page, address);
        await page.locator('main :is(table, .card, .empty, .note, .steps)').first().waitFor();
        for (const summary of await page.locator('.attempts summary').all()) await summary.click();
        expect([name, await findingsIn(page)]).toEqual([name, []]);
        await picture(page, `${name}-${colorScheme}`);
      }
      await follow(page, '#/hooks');
      await page.getByRole('button', { name: 'New hook' }).click();
      expect(['dialog', await findingsIn(page)]).toEqual(['dialog', []]);
      await page.keyboard.press('Escape');
      await page.context().close();
    },
  );

  test('has nothing serious for axe where it asks for the token', async () => {
    const page = await lab.open({}, '/');
    await page.getByLabel('Control token').waitFor();
    await page.evaluate(axe.source);
    expect(await findingsIn(page)).toEqual([]);
    await page.context().close();
  });

  test('fits a phone in every view', async () => {
    const page = await lab.open({ viewport: { width: 400, height: 800 } });
    for (const [name, address] of views) {
      await follow(page, address);
      await page.locator('main :is(table, .card, .empty, .note, .steps)').first().waitFor();
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect([name, width]).toEqual([name, 400]);
      await picture(page, `${name}-phone`);
    }
    await page.context().close();
  });

  test('keeps the theme that was chosen', async () => {
    const page = await lab.open({ colorScheme: 'light' });
    const background = async () =>
      page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    await settle(page);
    const light = await background();
    const toggle = page.getByRole('button', { name: /theme$/ });
    await toggle.click();
    expect(await background()).toBe(light);
    await toggle.click();
    const dark = await background();
    expect(dark).not.toBe(light);
    await page.reload();
    await settle(page);
    expect(await background()).toBe(dark);
    await page.context().close();
  });

  test('is used by the keyboard alone', async () => {
    const page = await lab.open();
    await settle(page);
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const focused = async () => page.evaluate<string>('document.activeElement.textContent');
    const tabTo = async (name: string): Promise<void> => {
      for (let count = 0; count < 60; count += 1) {
        await press('Tab');
        const label = await page.evaluate<string>(LABEL_OF_FOCUSED);
        if (label.startsWith(name)) return;
      }
      throw new Error(`Tab does not lead to ${name}`);
    };

    await press('Tab');
    expect(await focused()).toBe('Skip to the content');
    await press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');

    await tabTo('New hook');
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    expect(await page.evaluate('document.activeElement.closest("dialog") !== null')).toBe(true);
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await focused()).toBe('New hook');

    await follow(page, '#/emit');
    await page.getByRole('heading', { level: 1, name: 'Emit' }).waitFor();
    await expect.poll(focused, PATIENCE).toBe('Emit');
    await tabTo('Event, one of 45');
    await press('Control+A');
    await page.keyboard.type('identity succ');
    await press('ArrowDown', 'ArrowUp', 'Enter');
    expect(await page.getByRole('combobox').inputValue()).toBe('digital_identity.succeeded');
    await press('Enter');
    await page.getByRole('heading', { name: '1 event emitted' }).waitFor();
    await tabTo('digital_identity.succeeded');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'digital_identity.succeeded' }).waitFor();
    await page.context().close();
  });
});
