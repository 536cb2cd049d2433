import { expect, test } from 'vitest';
import type { SinkControl } from '../../contracts/runner/case.js';
import { noteDisturbance } from '../../contracts/runner/disturbance.js';
import type { TruoraEvent } from '../../simulator/index.js';

const sink: SinkControl = {
  failNext: () => undefined,
  mend: () => undefined,
  hold: () => ({ arrived: async () => true, release: () => undefined }),
  taken: () => 0,
};
const event = (id: string) => ({ id }) as TruoraEvent;

test('an effect that a case holds or fails explains refusals of its event alone', () => {
  const { sink: noted, explains } = noteDisturbance(sink, {});
  const [failed, held, other] = [event('a'), event('b'), event('c')];
  noted?.failNext(failed, 1);
  noted?.hold(held);
  expect([[failed], [held], [other], [other, held]].map(explains)).toEqual([
    true,
    true,
    false,
    true,
  ]);
});

test('a store that is away explains every refusal until it is back', async () => {
  const asked: boolean[] = [];
  const { controls, explains } = noteDisturbance(undefined, {
    outage: async (down) => void asked.push(down),
  });
  await controls.outage?.(true);
  expect(explains([event('a')])).toBe(true);
  await controls.outage?.(false);
  expect(explains([event('a')])).toBe(false);
  expect(asked).toEqual([true, false]);
});
