import fc from 'fast-check';
import { delivery, forgedToken, schedule } from 'hookproof/fast-check';
import { openReceiver } from 'hookproof/vitest';
import { afterAll, expect, test } from 'vitest';
import { key, receiverUnderTest } from './receiver-under-test.js';

const { handle, probe } = receiverUnderTest();
const receiver = openReceiver(handle, { key, probe, probeSettleMs: 20 });

afterAll(async () => receiver.close());

test('takes genuine deliveries', async () => {
  await expect(receiver).toAccept('document_validation.succeeded');
  await fc.assert(
    fc.asyncProperty(delivery({ key }), async (one) => {
      await expect(receiver).toAccept(one);
    }),
    { numRuns: 10 },
  );
});

test('refuses forgeries', async () => {
  await fc.assert(
    fc.asyncProperty(forgedToken({ key }), async (forgery) => {
      await expect(receiver).toReject(forgery);
    }),
    { numRuns: 20 },
  );
});

test('processes an event once', async () => {
  await expect(receiver).toProcessOnce('checks.finished');
});

test('ends well, whatever the schedule', async () => {
  await fc.assert(
    fc.asyncProperty(schedule(), async (one) => {
      await expect(receiver).toConverge(one, { times: 1 });
    }),
    { numRuns: 20 },
  );
});
