import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { variants } from '../../fixtures/receivers/variants/index.js';
import { shareOf } from '../turns.js';
import { countOf, eventually, openSink, send, type Sink } from './lab.js';
import { createEvent, flipped, key, sign, unsigned } from './token.js';

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

describe.each(shareOf(variants, 2))('$name', (variant) => {
  const reason = variant.unavailable();

  const withReceiver = async (
    use: (start: () => ReturnType<typeof variant.start>, sink: Sink) => Promise<void>,
  ): Promise<void> => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'variant-'));
    const sink = await openSink();
    try {
      const sinkUrl = variant.sink ? { sinkUrl: sink.url } : {};
      await use(() => variant.start({ key, dataDirectory, ...sinkUrl }), sink);
    } finally {
      await sink.close();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  };

  test.skipIf(reason !== undefined)(
    `applies genuine deliveries once and forged ones never${reason === undefined ? '' : ` (${reason})`}`,
    () =>
      withReceiver(async (start) => {
        let receiver = await start();
        const [event, forged, second] = [createEvent(), createEvent(), createEvent()];
        const count = (id: string) => () => countOf(receiver, id);

        expect(await countOf(receiver, event.id)).toBe(0);
        expect(isSuccess((await send(receiver, sign([event]))).status)).toBe(true);
        expect(await eventually(count(event.id), 1)).toBe(1);
        expect(isSuccess((await send(receiver, sign([event]))).status)).toBe(true);

        const copies = await Promise.all(
          Array.from({ length: 10 }, () => send(receiver, sign([second]))),
        );
        expect(copies.some(({ status }) => isSuccess(status))).toBe(true);
        for (const token of [unsigned([forged]), flipped(sign([forged])), '', 'a.b.c', '{}']) {
          expect((await send(receiver, token)).status).toBeLessThan(500);
        }
        expect(await eventually(count(second.id), 1)).toBe(1);

        await receiver.close();
        receiver = await start();
        expect(isSuccess((await send(receiver, sign([event, second]))).status)).toBe(true);
        const last = createEvent();
        await send(receiver, sign([last]));
        expect(await eventually(count(last.id), 1)).toBe(1);
        expect(await countOf(receiver, event.id)).toBe(1);
        expect(await countOf(receiver, second.id)).toBe(1);
        expect(await countOf(receiver, forged.id)).toBe(0);
        await receiver.close();
      }),
  );

  if (!variant.sink) return;

  test.skipIf(reason !== undefined)('applies an event whose first attempt failed', () =>
    withReceiver(async (start, sink) => {
      const receiver = await start();
      const [good, bad] = [createEvent(), createEvent()];
      sink.fail(bad.id, 1);
      const { status } = await send(receiver, sign([good, bad]));
      if (!isSuccess(status)) {
        expect(isSuccess((await send(receiver, sign([good, bad]))).status)).toBe(true);
      }
      expect(await eventually(() => countOf(receiver, bad.id), 1)).toBe(1);
      expect(await countOf(receiver, good.id)).toBe(1);
      expect([sink.countOf(good.id), sink.countOf(bad.id)]).toEqual([1, 1]);
      await receiver.close();
    }),
  );
});

test('handles a chunked body in Python', async (context) => {
  const threaded = variants.find(({ name }) => name === 'python-threaded');
  if (threaded?.unavailable() !== undefined) context.skip('python3 is not installed');
  const dataDirectory = await mkdtemp(join(tmpdir(), 'variant-'));
  const receiver = await threaded!.start({ key, dataDirectory });
  const event = createEvent();
  const token = sign([event]);
  const body = new ReadableStream({
    start: (controller) => {
      for (const character of token) controller.enqueue(new TextEncoder().encode(character));
      controller.close();
    },
  });
  const response = await fetch(receiver.url, { method: 'POST', body, duplex: 'half' });
  expect(response.status).toBe(200);
  expect(await countOf(receiver, event.id)).toBe(1);
  await receiver.close();
  await rm(dataDirectory, { recursive: true });
});
