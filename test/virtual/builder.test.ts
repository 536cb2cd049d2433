import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { scenario, simulate } from '../../simulator/index.js';
import { readScenario } from '../../simulator/virtual/read-scenario.js';

const shipped = (name: string): object =>
  JSON.parse(
    readFileSync(new URL(`../../fixtures/scenarios/${name}.json`, import.meta.url), 'utf8'),
  ) as object;

test('a built scenario plays as the written one does', async () => {
  const built = scenario('total-outage')
    .constant('1/min', { from: '-1h', until: '4h', events: 'checks.finished' })
    .outage(0, undefined, { answer: 503 });
  expect(await simulate(built)).toEqual(await simulate(shipped('total-outage') as never));
});

test('each call gives a new scenario and leaves the old one', () => {
  const quiet = scenario('a').constant('1/min', { count: 1 });
  const broken = quiet.outage(0);
  expect(quiet.toJSON()).toEqual({
    name: 'a',
    traffic: [{ kind: 'constant', rate: '1/min', count: 1 }],
  });
  expect(broken.toJSON()).toMatchObject({ receiver: [{ kind: 'outage', from: 0 }] });
});

test('every call writes what the schema allows', async () => {
  const everything = scenario('everything')
    .about('All there is.')
    .seed(3)
    .policy('literal')
    .until('6h')
    .accounts(2)
    .constant('1/min')
    .poisson('1/min', { events: { 'checks.*': 2, 'signals.*': 1 } })
    .burst('1h', 10, { over: '1m', every: '2h' })
    .recorded([{ at: 0, event: 'checks.created' }], { at: '5m' })
    .outage('1h', '2h', { answer: 'timeout' })
    .flapping('9m', '1m')
    .rejecting('signals.*')
    .failing('10%', { of: 'attempts' })
    .slow({ median: '300ms', p99: '4s' }, { share: 0.5 })
    .capacity('100/s')
    .healthy({ latency: { min: '1ms', max: '20ms' } })
    .receiver('shared', { kind: 'healthy' })
    .hook('own', { events: 'checks.*', reenableAfter: '10m' })
    .hook('sharing', { receiver: 'shared', owner: 'owner@example.org' })
    .disable('3h', { hook: 'own' })
    .enable('4h')
    .resend('5h', { most: 10 })
    .poll('1h', { every: '1h' });
  const written = everything.toJSON();
  expect(await readScenario(JSON.parse(JSON.stringify(written)))).toEqual(
    JSON.parse(JSON.stringify(written)),
  );
  const { complete, hooks } = await simulate(everything);
  expect({ complete, hooks: hooks.map(({ hook, account }) => `${hook}/${account}`) }).toEqual({
    complete: true,
    hooks: ['own/0', 'sharing/0', 'own/1', 'sharing/1'],
  });
});
