import { describe, expect, onTestFinished, test } from 'vitest';
import { openSink } from '../../contracts/probe/sink.js';
import { keysOf } from '../../contracts/runner/events.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { queryOf } from './query.js';

const open = async (port = 0) => {
  const sink = await openSink(port, keysOf);
  onTestFinished(sink.close);
  const effect = async (body: string, path = '/'): Promise<number> =>
    (await fetch(`http://127.0.0.1:${sink.port}${path}`, { method: 'POST', body })).status;
  const effects = async (...keys: readonly string[]): Promise<number> =>
    (await sink.probe.ask(queryOf({ keys }))).effects;
  return { sink, effect, effects };
};

describe('the sink', () => {
  test('counts the effects that mention a key, in body or path', async () => {
    const { effect, effects } = await open();
    expect(await effects('HKE1')).toBe(0);
    expect(await effect('{"id":"HKE1"}')).toBe(200);
    expect(await effect('', '/effects/HKE1')).toBe(200);
    expect(await effect('{"id":"HKE2"}')).toBe(200);
    expect(await effects('HKE1')).toBe(2);
    expect(await effects('HKE2')).toBe(1);
    expect(await effects('HKE3')).toBe(0);
  });

  test('counts one effect once, however often it names the event', async () => {
    const { effect, effects } = await open();
    await effect('HKE1 HKE1 HIK1');
    expect(await effects('HKE1', 'HIK1')).toBe(1);
  });

  test('fails as often as it was told, and counts only what it took', async () => {
    const { sink, effect, effects } = await open();
    sink.control.failNext(queryOf().event, 2);
    expect([await effect('HKE1'), await effect('HKE1'), await effect('HKE1')]).toEqual([
      503, 503, 200,
    ]);
    expect(await effects('HKE1')).toBe(1);
  });

  test('fails as often as it was told where an effect names both keys', async () => {
    const { sink, effect } = await open();
    const both = { ...queryOf().event, idempotency_key: 'HIK1' } as TruoraEvent;
    sink.control.failNext(both, 1);
    expect([await effect('HKE1 HIK1'), await effect('HKE1 HIK1')]).toEqual([503, 200]);
  });

  test('fails for one event and not for another', async () => {
    const { sink, effect } = await open();
    sink.control.failNext(queryOf().event, 1);
    expect([await effect('HKE2'), await effect('HKE1'), await effect('HKE1')]).toEqual([
      200, 503, 200,
    ]);
  });

  test.each([
    ['taken', 200, 1],
    ['failed', 503, 0],
  ] as const)('holds an effect until it is %s', async (how, status, count) => {
    const { sink, effect, effects } = await open();
    const held = sink.control.hold(queryOf().event);
    expect(await held.arrived(5)).toBe(false);
    const answer = effect('HKE1');
    expect(await held.arrived(2000)).toBe(true);
    expect(await effects('HKE1')).toBe(0);
    held.release(how);
    expect(await answer).toBe(status);
    expect(await effects('HKE1')).toBe(count);
    expect(await effect('HKE1')).toBe(200);
    expect(sink.control.taken(queryOf().event)).toBe(count + 1);
  });

  test('drops an effect that it held, and does not count it', async () => {
    const { sink, effect, effects } = await open();
    const held = sink.control.hold(queryOf().event);
    const answer = effect('HKE1');
    await held.arrived(2000);
    held.release('dropped');
    await expect(answer).rejects.toThrow('fetch failed');
    expect(await effects('HKE1')).toBe(0);
  });

  test('is named by its option', async () => {
    const { sink } = await open();
    expect(sink.probe.name).toBe('--sink-listen');
  });

  test('cannot be opened on a port that is taken', async () => {
    const { sink } = await open();
    await expect(openSink(sink.port, keysOf)).rejects.toMatchObject({
      code: 'invalid_argument',
      message: expect.stringContaining(`cannot listen on port ${sink.port}`) as string,
      remedy: 'give --sink-listen a free port',
    });
  });

  test('closes with connections still open', async () => {
    const sink = await openSink(0, keysOf);
    await fetch(`http://127.0.0.1:${sink.port}/`, { method: 'POST', body: 'x' });
    await sink.close();
    await expect(fetch(`http://127.0.0.1:${sink.port}/`)).rejects.toThrow(TypeError);
  });
});
