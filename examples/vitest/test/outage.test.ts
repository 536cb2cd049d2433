import { scenario, simulate } from 'hookproof';
import 'hookproof/vitest';
import { expect, test } from 'vitest';

const deployOf = (length: string) =>
  scenario('deploy').constant('10/min', { from: '-1h', until: '4h' }).outage(0, length);

test('a 25-minute deploy does not disable us', async () => {
  expect(await simulate(deployOf('25m'))).toStayEnabled();
});

test('one of 35 minutes does, after 31.6 of them', async () => {
  expect(await simulate(deployOf('35m'))).toBeDisabledAt('31m36s');
});
