import { expect, test } from 'vitest';
import { findDrift } from '../../simulator/capture/drift.js';
import { pairs } from '../../simulator/index.js';
import { capture, captureEvents, makeEvent, tokenOf } from './deliveries.js';

const { event } = makeEvent('checks.finished');

const tell = (...deliveries: readonly ReturnType<typeof capture>[]) =>
  findDrift(deliveries).map(({ kind, event: name, where, what }) =>
    [kind, name, where, what].join(' | '),
  );

test('there is none in what the catalogue makes', () => {
  const deliveries = pairs.map(({ name }) => captureEvents([makeEvent(name).event]));
  expect(findDrift(deliveries)).toEqual([]);
});

test.each([
  [
    'a field more',
    { ...event, object: { ...event.object, risk_level: 'high' } },
    'field | checks.finished | object.risk_level | a text, not modelled',
  ],
  [
    'a field less',
    { ...event, object: { ...event.object, score: undefined } },
    'field | checks.finished | object.score | is missing',
  ],
  [
    'another type, deep inside',
    { ...event, object: { ...event.object, scores: [{ data_set: 'x', score: '7' }] } },
    'type | checks.finished | object.scores.*.score | a text, modelled as number',
  ],
  [
    'another word',
    { ...event, object: { ...event.object, status: 'blocked' } },
    'value | checks.finished | object.status | "blocked", modelled: completed, error',
  ],
  [
    'another way to write an id',
    { ...event, id: 'evt_1' },
    'format | checks.finished | id | "evt_1" is written in another way',
  ],
  [
    'another action',
    { ...event, event_action: 'paused' },
    'event |  | check paused | no such event',
  ],
  [
    'another type of event',
    { ...event, event_type: 'kyc' },
    'event |  | kyc finished | no such event',
  ],
  ['what is no event', 7, 'event |  | events.* | a whole number'],
])('%s is told', (_what, changed, row) => {
  expect(tell(captureEvents([changed as object]))).toEqual([row]);
});

test.each([
  ['another claim', { jti: 'x' }, 'claim |  | jti | a text, not modelled'],
  ['another issuer', { iss: 'truora' }, 'claim |  | iss | "truora", modelled: Truora'],
  ['an odd instant', { iat: 1.5 }, 'claim |  | iat | a number, modelled as a whole number'],
  ['no list of events', { events: {} }, 'claim |  | events | an object'],
  ['no event', { events: [] }, 'claim |  | events | is empty'],
])('%s is told', (_what, more, row) => {
  expect(tell(captureEvents([event], more))).toEqual([row]);
});

const head = (header: object): string =>
  [
    Buffer.from(JSON.stringify(header)).toString('base64url'),
    ...tokenOf({ events: [event] })
      .split('.')
      .slice(1),
  ].join('.');

test.each([
  [
    'another algorithm',
    head({ alg: 'RS256', typ: 'JWT' }),
    {},
    'header |  | token: alg | "RS256", modelled: HS256',
  ],
  [
    'a key id',
    head({ alg: 'HS256', typ: 'JWT', kid: '1' }),
    {},
    'header |  | token: kid | a text, not modelled',
  ],
  [
    'a signature beside the token',
    tokenOf({ events: [event] }),
    { headers: ['Content-Type', 'application/jwt', 'X-Truora-Signature', 'x'] },
    'header |  | X-Truora-Signature | not modelled',
  ],
  [
    'another content type',
    tokenOf({ events: [event] }),
    { headers: ['content-type', 'text/plain'] },
    'header |  | Content-Type | "text/plain", modelled: application/jwt',
  ],
  [
    'another method',
    tokenOf({ events: [event] }),
    { method: 'PUT' },
    'header |  | method | PUT, modelled: POST',
  ],
  ['plain JSON', '{}', {}, 'body |  | POST | json, modelled: token'],
])('%s is told', (_what, body, changes, row) => {
  expect(tell(capture(body, changes))).toEqual([row]);
});

test('what proxies and tunnels add is no drift', () => {
  const headers = [
    ...['Content-Type', 'application/jwt', 'X-Forwarded-For', '10.0.0.1', 'Via', '1.1 x'],
    ...['cf-ray', 'x', 'X-Amzn-Trace-Id', 'x', 'accept-encoding', 'gzip', 'Traceparent', 'x'],
  ];
  expect(tell(capture(tokenOf({ events: [event] }), { headers }))).toEqual([]);
});

test('the same is told once, with how often and where first', () => {
  const odd = (id: string) => ({ ...event, id, object: { ...event.object, status: 'odd' } });
  const ids = ['a', 'b', 'c'].map((letter) => `HKE${letter.repeat(40)}`);
  const [first = '', second = '', third = ''] = ids;
  const drift = findDrift([
    { ...captureEvents([odd(first), odd(second)]), at: '2026-01-01T00:00:00Z' },
    captureEvents([odd(third)]),
  ]);
  expect(drift).toMatchObject([{ times: 3, firstAt: '2026-01-01T00:00:00Z', firstEventId: first }]);
});
