import { describe, expect, test } from 'vitest';
import { simulationMatchers } from '../../contracts/index.js';
import type { SimulationAssertions } from '../../contracts/vitest/index.js';
import { scenario, simulate } from '../../simulator/index.js';

expect.extend(simulationMatchers);

test('each matcher has its types in the binding', () => {
  const typed: Readonly<Record<keyof SimulationAssertions, unknown>> = simulationMatchers;
  expect(Object.keys(typed)).toHaveLength(2);
});

const deploy = (until: string) =>
  scenario('deploy').constant('10/min', { from: '-1h', until: '4h' }).outage(0, until);

describe('toStayEnabled and toBeDisabledAt', () => {
  test('a 25-minute deploy does not disable the hook, one of 35 minutes does', async () => {
    expect(await simulate(deploy('25m'))).toStayEnabled();
    expect(await simulate(deploy('35m'))).not.toStayEnabled();
    expect(await simulate(deploy('35m'))).toBeDisabledAt('31m36s');
    expect(await simulate(deploy('35m'))).toBeDisabledAt(1_896_000, { hook: 'main' });
    expect(await simulate(deploy('35m'))).not.toBeDisabledAt('31m');
  });

  test('what fails says what happened', async () => {
    const result = await simulate(deploy('35m'));
    expect(() => expect(result).toStayEnabled()).toThrow(
      /expected: every hook to stay enabled\nUnder the reading documented: main was disabled at 31m36s/,
    );
    expect(() => expect(result).toBeDisabledAt('31m')).toThrow('expected: a hook disabled at 31m');
    expect(() => expect(result).not.toBeDisabledAt('31m36s')).toThrow('did not expect');
  });

  test('a hook that somebody disabled stays enabled as far as the rule goes', async () => {
    const result = await simulate(scenario('a').constant('1/min', { until: '1h' }).disable('10m'));
    expect(result).toStayEnabled();
    expect(result.hooks[0]?.disabled).toHaveLength(1);
  });

  test('asks for one hook of several', async () => {
    const two = scenario('two')
      .constant('1/min', { from: '-1h', until: '4h' })
      .hook('well', { receiver: { kind: 'healthy' } })
      .hook('ill', { receiver: { kind: 'outage', from: 0 } });
    const result = await simulate(two);
    expect(result).toStayEnabled({ hook: 'well' });
    expect(result).toBeDisabledAt('31m', { hook: 'ill' });
    expect(() => expect(result).toStayEnabled({ hook: 'wel' })).toThrow("there is no hook 'wel'");
  });

  test('decides nothing for a run that was stopped, nor for anything else', async () => {
    const stopped = await simulate(deploy('25m'), { between: () => false, stepsMax: 1e9 });
    expect(stopped.complete).toBe(true);
    expect(() => expect({ ...stopped, complete: false }).toStayEnabled()).toThrow('not decided');
    expect(() => expect(3).toStayEnabled()).toThrow('expected the result of a simulation');
  });
});
