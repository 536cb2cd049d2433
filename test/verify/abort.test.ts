/** A run that its caller ends early. */
import { expect, test } from 'vitest';
import { fuzzReceiver, verifyReceiver } from '../../contracts/index.js';
import { createReceiver, key } from './receiver.js';

const optionsFor = (receiver: ReturnType<typeof createReceiver>) => ({
  key,
  seed: 1,
  probe: receiver.count,
});

test('what was not sent is inconclusive, and so is the run', async () => {
  const receiver = createReceiver();
  const controller = new AbortController();
  let requestsThen = 0;
  const { summary, problem, cases } = await verifyReceiver(receiver.handle, {
    ...optionsFor(receiver),
    only: ['verification/*'],
    signal: controller.signal,
    onProgress: (done) => {
      if (done === 40) {
        controller.abort();
        requestsThen = receiver.requests();
      }
    },
  });
  expect(problem?.message).toBe('the run was ended before it was over');
  expect(summary).toMatchObject({ verdict: 'inconclusive', failed: 0 });
  expect(summary.passed).toBeGreaterThan(0);
  const unsent = cases.filter(({ actual }) => actual === 'not sent: the run was ended before');
  expect(unsent.length).toBeGreaterThan(50);
  expect(new Set(unsent.map(({ verdict }) => verdict))).toEqual(new Set(['inconclusive']));
  expect(receiver.requests() - requestsThen).toBeLessThan(100);
});

test('a search for schedules ends without a verdict', async () => {
  const receiver = createReceiver();
  const controller = new AbortController();
  const { verdict, runs, problem } = await fuzzReceiver(receiver.handle, {
    ...optionsFor(receiver),
    signal: controller.signal,
    onRun: (done) => {
      if (done > 0) controller.abort();
    },
  });
  expect(verdict).toBe('inconclusive');
  expect(problem?.message).toBe('the run was ended before it was over');
  expect(runs).toBeLessThan(200);
});

test.each([
  ['verifyReceiver', verifyReceiver],
  ['fuzzReceiver', fuzzReceiver],
])('%s sends nothing under a signal that is aborted', async (_name, run) => {
  const receiver = createReceiver();
  const reason = new Error('no time');
  const signal = AbortSignal.abort(reason);
  await expect(run(receiver.handle, { ...optionsFor(receiver), signal })).rejects.toBe(reason);
  expect(receiver.requests()).toBe(0);
});

test('what is no signal is refused', async () => {
  const signal = true as unknown as AbortSignal;
  const { handle } = createReceiver();
  await expect(verifyReceiver(handle, { key, signal })).rejects.toThrow(
    'the option signal is a boolean, and an AbortSignal was expected',
  );
});
