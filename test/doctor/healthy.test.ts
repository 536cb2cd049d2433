/** No false alarm: receivers that are right get nothing that blocks or warns. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import { variants } from '../../fixtures/receivers/variants/index.js';
import { shareOf } from '../turns.js';
import { diagnose, troublesOf } from './diagnose.js';
import { key } from './receivers.js';

const createFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'hookproof-doctor-'));
  onTestFinished(async () => rm(folder, { recursive: true, force: true }));
  return folder;
};

/** What there is to say of a receiver that is right, and odd on purpose. */
const REMARKS = new Map([['always-200', ['signature/cannot-tell']]]);

const FRAMEWORKS = /^(?:express|koa|fastify|hono|node-http|next)/;

const troublesWith = async (
  variant: (typeof variants)[number],
  options: { readonly key?: string },
): Promise<readonly string[]> => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'hookproof-doctor-'));
  const receiver = await variant.start({ key, dataDirectory });
  try {
    return troublesOf(await diagnose(receiver.url, { timeoutMs: 3000, ...options }));
  } finally {
    await receiver.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};

describe.concurrent('finds nothing in the way of', () => {
  for (const variant of shareOf(variants, 2)) {
    const reason = variant.unavailable();
    test.skipIf(reason !== undefined)(`the receiver ${variant.name}`, async ({ expect }) => {
      const wanted = REMARKS.get(variant.name) ?? [];
      expect(await troublesWith(variant, { key })).toEqual(wanted);
    });
  }
});

describe.concurrent('finds nothing without a key in the way of', () => {
  for (const variant of variants.filter(({ name }) => FRAMEWORKS.test(name))) {
    const reason = variant.unavailable();
    test.skipIf(reason !== undefined)(`the receiver ${variant.name}`, async ({ expect }) => {
      expect(await troublesWith(variant, {})).toEqual([]);
    });
  }
});

test('the reference receiver has nothing in its way, and the id of each delivery is told', async () => {
  const receiver = await startReceiver({ key, dataDirectory: await createFolder() });
  onTestFinished(receiver.close);
  const result = await diagnose(receiver.url, { key });
  expect(result.findings).toEqual([]);
  expect(result.verdict).toBe('clear');
  for (const id of result.sent.events) {
    const records = await fetch(receiver.probeUrl.replace('{eventId}', id));
    expect(await records.text()).toContain(id);
  }
});
