import { describe, expect, test } from 'vitest';
import { createStillClock } from '../../contracts/runner/clock.js';
import { createLimit } from '../../contracts/runner/limit.js';
import { createObserver } from '../../contracts/runner/observer.js';
import { HookproofError } from '../../simulator/index.js';
import { eventOf } from './attempts.js';

/** A probe that answers when it is told to, and what was asked of it. */
const createSlowProbe = () => {
  const clock = createStillClock(0);
  const asked: string[] = [];
  let waiting: (() => void)[] = [];
  let hangs = true;
  const observer = createObserver({
    probe: {
      name: '--probe',
      ask: async ({ event }) => {
        asked.push(event.id);
        await new Promise<void>((resolve) => waiting.push(resolve));
        if (hangs) throw new HookproofError('probe_failed', 'no answer', 'look');
        return { effects: 1, text: '1' };
      },
    },
    clock,
    settleMaxMs: 500,
    limit: createLimit(8),
  });
  /** What is asked now gets its answer, or none, after ten seconds. */
  const tenSeconds = async (): Promise<void> => {
    await clock.wait(10_000);
    const now = waiting;
    waiting = [];
    for (const answer of now) answer();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const askAll = (count: number) =>
    Promise.all(
      Array.from({ length: count }, async (_one, index) => observer.countNow(eventOf(`${index}`))),
    );
  return { observer, asked, tenSeconds, askAll, heal: () => (hangs = false) };
};

describe('a probe that does not answer', () => {
  test('is asked one question at a time, until it answers', async () => {
    const { asked, tenSeconds, askAll, heal, observer } = createSlowProbe();
    const first = askAll(400);
    await tenSeconds();
    expect(asked).toHaveLength(9);
    await tenSeconds();
    expect(await first).toEqual(Array.from({ length: 400 }, () => undefined));
    expect(asked).toHaveLength(9);
    expect(observer.problem()?.message).toBe('no answer');
    heal();
    const second = askAll(8);
    await tenSeconds();
    expect((await second).filter((count) => count === 1)).toHaveLength(1);
    const third = askAll(8);
    await tenSeconds();
    expect(await third).toEqual(Array.from({ length: 8 }, () => 1));
  });
});
