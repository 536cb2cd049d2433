import { expect, test } from 'vitest';
import { listenFor, openFor } from './stand-in.js';

test('delivers at once, and tries again as time goes by', async () => {
  const receiver = await listenFor();
  const standIn = await openFor({});
  const hook = await standIn.hooks.create({
    eventType: 'all',
    subscriberType: 'web',
    subscriberUrl: receiver.url,
  });
  const first = await standIn.emit({ event: 'checks.finished' });
  expect(first.deliveries).toMatchObject([{ hookId: hook.id, status: 'delivered', attempts: 1 }]);
  expect(first.events).toMatchObject([{ deliveryStatus: 'success', deliveryAttempts: 1 }]);
  receiver.answer(500);
  const startMs = standIn.clock.nowMs();
  const second = await standIn.emit({ event: 'checks.created' });
  await standIn.clock.advance(3 * 3_600_000);
  const attempts = await standIn.events.attemptsOf(second.events[0]?.id ?? '');
  expect(attempts.map(({ startedMs, next }) => [startedMs - startMs, next])).toEqual([
    [0, 'retry'],
    [30_000, 'retry'],
    [150_000, 'retry'],
    [630_000, 'retry'],
    [2_550_000, 'retry'],
    [10_230_000, 'exhausted'],
  ]);
  expect(receiver.bodies).toHaveLength(7);
});
