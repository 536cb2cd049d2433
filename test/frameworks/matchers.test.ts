import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { delivery, event, forgedToken, schedule } from '../../contracts/arbitraries/index.js';
import { receiverMatchers } from '../../contracts/index.js';
import type { VerifyOptions } from '../../contracts/index.js';
import { openReceiver } from '../../contracts/vitest/index.js';
import type { Receiver } from '../../contracts/vitest/index.js';
import { stillClock } from '../verify/check.js';
import { createReceiver, key } from '../verify/receiver.js';
import type { Behaviour } from '../verify/receiver.js';

const opened: Receiver[] = [];

const receiverThat = (change: Partial<Behaviour> = {}, options: Partial<VerifyOptions> = {}) => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs, ...change });
  const made = openReceiver(receiver.handle, {
    key,
    clock,
    probe: receiver.count,
    seed: 1,
    ...options,
  });
  opened.push(made);
  return made;
};

const nowMs = stillClock().nowMs;

afterAll(async () => {
  await Promise.all(opened.map(async (one) => one.close()));
});

describe('a right receiver', () => {
  const receiver = receiverThat();

  test.concurrent('accepts genuine deliveries', async () => {
    await expect(receiver).toAccept();
    await expect(receiver).toAccept('checks.finished');
    const [own, another] = fc.sample(event(), { seed: 3, numRuns: 2 });
    await expect(receiver).toAccept(own);
    await expect(receiver).toAccept([another!]);
    const [signed] = fc.sample(delivery({ key, nowMs }), { seed: 4, numRuns: 1 });
    await expect(receiver).toAccept(signed);
  });

  test.concurrent('rejects forgeries', async () => {
    await expect(receiver).toReject('a.b.c');
    await expect(receiver).toReject('');
    for (const forgery of fc.sample(forgedToken({ key, nowMs }), { seed: 1, numRuns: 20 })) {
      await expect(receiver).toReject(forgery);
    }
  });

  test.concurrent('processes an event once', async () => {
    await expect(receiver).toProcessOnce();
    await expect(receiver).toProcessOnce('document_validation.succeeded');
  });

  test.concurrent('converges', async () => {
    for (const one of fc.sample(schedule(), { seed: 1, numRuns: 10 })) {
      await expect(receiver).toConverge(one);
    }
  });
});

describe('a receiver with a defect', () => {
  test('that leaves a kind of event out does not accept it', async () => {
    const receiver = receiverThat({ handles: (one) => one.event_action !== 'finished' });
    await expect(expect(receiver).toAccept('checks.finished')).rejects.toThrow(
      /^expected: [^]*\nactual: /u,
    );
  });

  test('that reads without verifying does not reject', async () => {
    const receiver = receiverThat({
      verify: (token) =>
        JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
          string,
          unknown
        >,
    });
    const [forgery] = fc.sample(forgedToken({ key, nowMs }), { seed: 1, numRuns: 1 });
    const failing = async () => {
      await expect(receiver).toReject(forgery!);
    };
    await expect(failing()).rejects.toThrow(/accepted/u);
    await expect(receiver).not.toReject(forgery!);
  });

  test('that remembers nothing processes twice, and the message is the schedule', async () => {
    const receiver = receiverThat({ remembers: () => false });
    await expect(expect(receiver).toProcessOnce('checks.finished')).rejects.toThrow(
      /A signed anew[^]*→ 3 effects of A$/u,
    );
    const again = { events: { A: {} }, commands: [{ do: 'batch', events: ['A', 'A'] }] } as const;
    await expect(receiver).not.toConverge(again);
  });
});

describe('what cannot be decided', () => {
  test('is neither so nor not so', async () => {
    const { handle } = createReceiver({ nowMs });
    const receiver = openReceiver(handle, { key, clock: stillClock(), seed: 1 });
    opened.push(receiver);
    const undecided = /^not decided: effects cannot be seen: give a probe/u;
    await expect(expect(receiver).toProcessOnce()).rejects.toThrow(undecided);
    await expect(expect(receiver).not.toProcessOnce()).rejects.toThrow(undecided);
    await expect(receiver).toAccept();
    await expect(receiver).toReject('a.b.c');
  });

  test('is a receiver that is not there', async () => {
    const receiver = openReceiver('http://127.0.0.1:9/hook', { key, seed: 1 });
    opened.push(receiver);
    await expect(expect(receiver).toAccept()).rejects.toThrow(/;/u);
  });

  test('is what was not opened', async () => {
    await expect(receiverMatchers.toAccept('http://127.0.0.1:9')).rejects.toThrow(
      'make it with openReceiver',
    );
  });
});
