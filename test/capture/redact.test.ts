import { describe, expect, test } from 'vitest';
import { redactPayload } from '../../simulator/capture/redact.js';
import { pairs } from '../../simulator/index.js';
import { eventSchemaOf } from '../../simulator/catalog/schemas.js';
import { capture, captureEvents, key, makeEvent, tokenOf } from './deliveries.js';

const pseudonym = (_id: string, length: number): string => 'd'.repeat(length);

const redactObject = (object: object): unknown => {
  const { events } = redactPayload({ events: [{ object }] }, pseudonym) as {
    readonly events: readonly { readonly object: unknown }[];
  };
  return events[0]?.object;
};

describe.each(pairs.map(({ name }) => name))('of %s', (name) => {
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

  test('nothing personal is left', () => {
    for (const seed of seeds) {
      const { event, resource } = makeEvent(name, seed);
      const line = JSON.stringify(captureEvents([event]));
      const { givenName, familyNames, alias, document, phoneNumber, email, birthDate } =
        resource.person;
      for (const value of [
        ...[givenName, ...familyNames, alias, document.number, phoneNumber, email, birthDate],
        ...[resource.id, resource.accountId, resource.flowId],
      ]) {
        // Names as short as "Luz" occur in other words by chance, but not with quotes around them.
        expect(line).not.toContain(JSON.stringify(value));
        if (value.length > 6) expect(line).not.toContain(value);
      }
    }
  });

  test('the catalogue still models what is left, and the event is still known', () => {
    for (const seed of seeds) {
      const { event } = makeEvent(name, seed);
      const [left] = (captureEvents([event]).payload as { readonly events: readonly object[] })
        .events;
      expect(eventSchemaOf(name).safeParse(left).error?.issues).toBeUndefined();
      expect(left).toMatchObject({
        id: event.id,
        event_type: event.event_type,
        event_action: event.event_action,
        timestamp: event.timestamp,
      });
    }
  });
});

test('values are replaced by their shape, words and scores stay', () => {
  expect(
    redactObject({
      status: 'completed',
      declined_reason: 'document_has_expired',
      country: 'CO',
      score: 0.83,
      flow_version: 3,
      check_id: `CHK${'a'.repeat(32)}`,
      event_id: `HKE${'a'.repeat(40)}`,
      creation_date: '2026-01-02T03:04:05.123456789Z',
      first_name: 'Íñigo José',
      national_id: '33249607-K',
      date_of_birth: '1958-04-21',
      born_at: '1958-04-21T00:00:00Z',
      email: 'ana.b@example.com',
      photo_url: 'https://files.example/ana?sig=abc',
      ip_address: '203.0.113.161',
      ip6: '2001:db8:1::7',
      alias: '👩‍👧 Nena',
      income: 2_500_000,
      share: 0.37,
      debt: -12.5,
      debts: 0,
      is_ok: true,
      nothing: null,
      empty: '',
      list: ['Ana', 7, { name: 'Bo' }],
      gender: 'male',
    }),
  ).toEqual({
    status: 'completed',
    declined_reason: 'document_has_expired',
    country: 'CO',
    score: 0.83,
    flow_version: 3,
    check_id: `CHK${'d'.repeat(32)}`,
    event_id: `HKE${'a'.repeat(40)}`,
    creation_date: '2026-01-02T03:04:05.123456789Z',
    first_name: 'Xxxxx Xxxx',
    national_id: '11111111-X',
    date_of_birth: '1111-11-11',
    born_at: '1111-11-11T11:11:11Z',
    email: 'xxx.x@xxxxxxx.xxx',
    photo_url: 'https://xxxxx.xxxxxxx/xxx?xxx=xxx',
    ip_address: '111.1.111.111',
    ip6: '2001:db8::1',
    alias: '*** Xxxx',
    income: 1,
    share: 0.5,
    debt: -0.5,
    debts: 0,
    is_ok: true,
    nothing: null,
    empty: '',
    list: ['Xxx', 1, { name: 'Xx' }],
    gender: 'female',
  });
});

test.each([
  ['a status that is a sentence', { status: 'Ana was here' }, { status: 'Xxx xxx xxxx' }],
  ['names that are data', { '33249607': { 'Ana Ruiz': 1 } }, { '11111111': { 'Xxx Xxxx': 1 } }],
  ['an event that is none', 'Ana', 'Xxx'],
])('%s is replaced', (_what, object, left) => {
  expect(redactObject(object as object)).toEqual(left);
});

describe('a line', () => {
  const { event } = makeEvent('checks.finished');

  test.each([
    ['fits', key, 'fits'],
    ['does not fit', 'another', 'does-not-fit'],
  ])('says that a signature %s', (_what, secret, signature) => {
    expect(capture(tokenOf({ events: [event] }, secret)).signature).toBe(signature);
  });

  test('says nothing of a signature without a key, and never holds one', () => {
    const token = tokenOf({ events: [event] });
    for (const full of [true, false]) {
      const line = capture(token, {}, { full, key: undefined });
      expect(line).toMatchObject({ signature: 'not-checked', redacted: !full });
      expect(JSON.stringify(line)).not.toContain(token.split('.')[2]);
    }
  });

  test('keeps the payload as it came where that is wished for', () => {
    const line = capture(tokenOf({ events: [event] }), {}, { full: true, key });
    expect(line.payload).toEqual({ events: [event], iat: 1_767_323_046, iss: 'Truora' });
  });

  test.each([
    ['authorization', 'Basic abc'],
    ['Cookie', 'a=b'],
    ['X-Api-Key', 'abc'],
    ['X-Truora-Signature', 'abc'],
    ['X-Odd', tokenOf({})],
  ])('leaves out the value of %s', (name, value) => {
    const { headers } = capture('x', { headers: [name, value, 'X-Forwarded-For', '10.0.0.1'] });
    expect(headers).toEqual([
      [name, '…'],
      ['X-Forwarded-For', '10.0.0.1'],
    ]);
  });

  test('keeps the names of a query', () => {
    expect(capture('x', { url: '/hook?secret=abc&b=c=d' }).path).toBe('/hook?secret=…&b=…');
  });

  test.each([
    ['empty', ''],
    ['json', '{"name":"Ana"}'],
    ['other', 'name=Ana'],
    ['other', 'a.b'],
    ['other', 'eyJhIjoxfQ.eyJhIjoxfQ.AA.BB'],
    ['cut', 'cut'],
    ['too-large', 'too-large'],
  ])('calls a body %s', (kind, body) => {
    const line = capture(body);
    expect(line.body).toBe(kind);
    expect(JSON.stringify(line)).not.toContain('Ana');
  });
});
