import { describe, expect, test } from 'vitest';
import { createPolicy, deferred } from '../../simulator/index.js';
import type { Outcome } from '../../simulator/index.js';
import { createClock } from '../../simulator/sender/clock.js';
import { createDriver } from '../../simulator/sender/driver.js';
import type { DriverOptions } from '../../simulator/sender/driver.js';

const answered = (status: number): Outcome => ({ kind: 'response', status, redirects: 0 });

/** A clock that jumps over every wait, and remembers them. */
const stillClock = () => {
  let nowMs = 0;
  const waitsMs: number[] = [];
  return {
    nowMs: () => nowMs,
    waitsMs,
    wait: async (ms: number) => {
      waitsMs.push(ms);
      nowMs += ms;
    },
  };
};

const drive = (changes: Partial<DriverOptions>) => {
  const clock = stillClock();
  const kinds: string[] = [];
  const driver = createDriver({
    policy: createPolicy({}),
    clock,
    attempt: async () => answered(200),
    onStep: ({ commands }) => kinds.push(...commands.map(({ kind }) => kind)),
    ...changes,
  });
  return { driver, clock, kinds };
};

const FAILING = { attempt: async () => answered(500) };

describe('a driver', () => {
  test('waits as the policy says, and settles', async () => {
    const { driver, clock, kinds } = drive(FAILING);
    driver.enqueue({ id: 'a', eventKeys: [] });
    await driver.settled();
    expect(clock.waitsMs).toEqual([30, 120, 480, 1920, 7680].map((seconds) => seconds * 1000));
    expect(kinds.at(-1)).toBe('exhausted');
  });

  test('leaves retries alone where they are not wished for', async () => {
    const { driver, clock, kinds } = drive({ ...FAILING, retries: false });
    driver.enqueue({ id: 'a', eventKeys: [] });
    await driver.settled();
    expect([clock.waitsMs, kinds]).toEqual([[], ['attempt', 'schedule']]);
  });

  test('has several deliveries in the air', async () => {
    const gate = deferred<Outcome>();
    const { driver, kinds } = drive({ attempt: async () => gate.promise });
    driver.enqueue({ id: 'a', eventKeys: [] });
    driver.enqueue({ id: 'b', eventKeys: [] });
    expect(kinds).toEqual(['attempt', 'attempt']);
    gate.resolve(answered(200));
    await driver.settled();
    expect(kinds).toEqual(['attempt', 'attempt', 'delivered', 'delivered']);
  });

  test('takes deliveries again when the hook is enabled', async () => {
    const policy = createPolicy({ attemptsMin: 1, attemptsMax: 1 });
    const { driver, kinds } = drive({ ...FAILING, policy });
    const deliver = async (id: string): Promise<void> => {
      driver.enqueue({ id, eventKeys: [] });
      await driver.settled();
    };
    await deliver('a');
    await deliver('b');
    driver.enable();
    await deliver('c');
    expect(kinds.filter((kind) => kind !== 'notify')).toEqual([
      ...['attempt', 'hook-disabled', 'exhausted'],
      ...['dropped', 'hook-enabled'],
      ...['attempt', 'hook-disabled', 'exhausted'],
    ]);
  });

  test('begins nothing after it was stopped, and notes what was in the air', async () => {
    const gate = deferred<Outcome>();
    const { driver, clock, kinds } = drive({ attempt: async () => gate.promise });
    driver.enqueue({ id: 'a', eventKeys: [] });
    driver.stop();
    gate.resolve(answered(500));
    await driver.settled();
    expect([clock.waitsMs, kinds]).toEqual([[], ['attempt', 'schedule']]);
  });

  test('gives up waiting when it is stopped', async () => {
    const { driver } = drive({ ...FAILING, clock: createClock() });
    driver.enqueue({ id: 'a', eventKeys: [] });
    await new Promise(setImmediate);
    driver.stop();
    await driver.settled();
  });

  test('ends with what an attempt threw', async () => {
    const { driver } = drive({
      attempt: async () => {
        throw new Error('refused');
      },
    });
    driver.enqueue({ id: 'a', eventKeys: [] });
    await expect(driver.settled()).rejects.toThrow('refused');
  });
});

describe('a clock', () => {
  test('that is fast measures more, and waits less', async () => {
    const clock = createClock(1000);
    const [beforeMs, since] = [clock.nowMs(), performance.now()];
    expect(Math.abs(beforeMs - Date.now())).toBeLessThan(60_000);
    await clock.wait(100_000);
    const realMs = performance.now() - since;
    expect(realMs).toBeGreaterThanOrEqual(99);
    expect(clock.nowMs() - beforeMs).toBeGreaterThanOrEqual(99_000);
    expect(realMs).toBeLessThan(50_000);
  });

  test('waits longer than a timer can', async () => {
    const stopping = new AbortController();
    const long = createClock()
      .wait(2 ** 40, stopping.signal)
      .then(() => 'over');
    const short = new Promise((resolve) => setTimeout(resolve, 20, 'still waiting'));
    expect(await Promise.race([long, short])).toBe('still waiting');
    stopping.abort();
    expect(await long).toBe('over');
  });
});
