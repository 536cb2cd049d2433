import { describe, expect, test } from 'vitest';
import { simulationMatchers } from '../../contracts/index.js';
import type { SimulationAssertions } from '../../contracts/vitest/index.js';
import { forecast, scenario, simulate } from '../../simulator/index.js';

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
    const idle = scenario('idle')
      .burst(0, 1, { events: 'checks.*' })
      .hook('other', { events: 'truface.*' });
    const untried = await simulate(idle);
    expect(() => expect(untried).toStayEnabled()).toThrow('nothing was delivered to other');
    expect(() => expect(untried).not.toStayEnabled()).toThrow('nothing was delivered to other');
    expect(() => expect(3).toStayEnabled()).toThrow('expected the result of a simulation');
  });
});

describe('a slip of the pen is told, where it would change what is asked', () => {
  const refused = (message: string) => ({ code: 'invalid_argument', message });
  /** As JavaScript hands it over, which no compiler has looked at. */
  const unchecked = (value: unknown): never => value as never;

  test('a text that is no time is not 0', async () => {
    const result = await simulate(deploy('35m'));
    for (const time of ['soon', '31 min', undefined, 1.5]) {
      expect(() => expect(result).not.toBeDisabledAt(unchecked(time))).toThrow(/ is no time$/);
    }
  });

  test('an option or a policy that there is not', async () => {
    await expect(simulate(deploy('25m'), unchecked({ untl: '1h' }))).rejects.toMatchObject({
      ...refused('there is no option untl'),
      remedy: 'did you mean until?',
    });
    await expect(simulate(deploy('25m'), { policy: unchecked('literall') })).rejects.toMatchObject(
      refused("policy: expected 'documented' or 'literal' or 'five', got \"literall\" (string)"),
    );
    await expect(forecast(unchecked({ rate: '1/h', outge: '5m' }))).rejects.toMatchObject({
      ...refused('there is no option outge'),
      remedy: 'did you mean outage?',
    });
    await expect(forecast(unchecked(undefined))).rejects.toMatchObject(
      refused('the options are undefined, and an object was expected'),
    );
  });
});
