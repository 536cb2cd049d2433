import { createHmac } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openEventsApi } from '../../contracts/probe/events-api.js';
import { createHmacSha256 } from '../../fixtures/receivers/reference/hmac.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import { openJournal } from '../../fixtures/receivers/reference/journal.js';
import { currentOf } from '../../fixtures/receivers/reference/state.js';
import { countOf, openLab, send, type Lab } from './lab.js';
import { createEvent, flipped, key, nowSeconds, sign, unsigned, withMac } from './token.js';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

describe('verification', () => {
  test.each<[string, (event: unknown) => string]>([
    ['a flipped bit', (event) => flipped(sign([event]))],
    ['a shorter signature', (event) => withMac(sign([event]), (mac) => mac.subarray(0, 31))],
    ['a longer signature', (event) => withMac(sign([event]), (mac) => Buffer.concat([mac, mac]))],
    ['another key', (event) => sign([event], { key: 'secret' })],
    ['alg none', (event) => unsigned([event])],
    ['alg none with a signature', (event) => sign([event], { header: { alg: 'none' } })],
    ['alg HS512', (event) => sign([event], { header: { alg: 'HS512' }, digest: 'sha512' })],
    ['no alg', (event) => sign([event], { header: { typ: 'JWT' } })],
    ['crit', (event) => sign([event], { header: { alg: 'HS256', crit: ['x'], x: 1 } })],
    ['a fourth segment', (event) => `${sign([event])}.`],
    ['padding', (event) => `${sign([event])}=`],
    ['unused bits of the signature', (event) => sign([event]).replace(/.$/u, spareBit)],
    ['a line break', (event) => `${sign([event])}\n`],
    ['an exp in the past', (event) => sign([event], { claims: { exp: nowSeconds() - 3600 } })],
    ['an exp of zero', (event) => sign([event], { claims: { exp: 0 } })],
    ['an exp that is text', (event) => sign([event], { claims: { exp: `${nowSeconds() + 9}` } })],
    ['an nbf in the future', (event) => sign([event], { claims: { nbf: nowSeconds() + 3600 } })],
    ['plain JSON', (event) => JSON.stringify({ events: [event] })],
    ['nothing', () => ''],
    ['dots', () => '.'.repeat(100_000)],
  ])('refuses %s with 401 and no effect', async (_name, make) => {
    const event = createEvent();
    expect(await lab.post(make(event))).toBe(401);
    expect(await lab.count(event.id)).toBe(0);
  });

  const spareBit = (character: string): string => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    return alphabet[alphabet.indexOf(character) ^ 1] ?? '';
  };

  test.each<[string, Parameters<typeof sign>[1]]>([
    ['another order of the header', { header: { typ: 'JWT', alg: 'HS256' } }],
    ['an unknown header', { header: { alg: 'HS256', kid: 'a', 'x-truora': 1 } }],
    ['an exp in the future', { claims: { exp: nowSeconds() + 3600 } }],
    ['an iat of hours ago', { claims: { iat: nowSeconds() - 10_230 } }],
    ['an iat in the future', { claims: { iat: nowSeconds() + 600 } }],
    ['no iat', { claims: { iat: undefined } }],
    ['an unknown claim', { claims: { more: { a: 1 } } }],
  ])('accepts %s', async (_name, options) => {
    const event = createEvent();
    expect(await lab.post(sign([event], options))).toBe(200);
    expect(await lab.count(event.id)).toBe(1);
  });

  test('computes what createHmac computes', () => {
    for (const [text, input] of [
      [key, 'header.payload'],
      ['', ''],
      ['k'.repeat(65), 'x'.repeat(70_000)],
      ['clé', 'a'.repeat(64)],
    ] as const) {
      const expected = createHmac('sha256', text).update(input).digest('hex');
      expect(createHmacSha256(text)(input).toString('hex')).toBe(expected);
    }
  });
});

describe('effects', () => {
  test('applies a genuine delivery once and calls a copy a duplicate', async () => {
    const event = createEvent();
    expect(await lab.reply(sign([event]))).toEqual({
      status: 200,
      text: '{"applied":1,"duplicates":0,"failed":0}',
    });
    expect(await lab.reply(sign([event], { claims: { iat: 1 } }))).toEqual({
      status: 200,
      text: '{"applied":0,"duplicates":1,"failed":0}',
    });
    expect(await lab.count(event.id)).toBe(1);
    expect(lab.sink.countOf(event.id)).toBe(1);
  });

  test('shows the event as it was sent', async () => {
    const object = { check_id: 'CHK1', name: 'José Ñandú 日本 🎉', lone: '\ud800', nul: 'a\0b' };
    const event = createEvent({ object });
    await lab.deliver(event);
    const response = await fetch(lab.receiver().probeUrl.replace('{eventId}', event.id));
    const { version: _version, ...shown } = event;
    expect(await response.json()).toEqual([shown]);
  });

  test('keeps the key over a restart and over a kill', async () => {
    const event = createEvent();
    await lab.deliver(event);
    await lab.restart();
    expect([await lab.deliver(event), await lab.count(event.id)]).toEqual([200, 1]);
    await lab.restart({ kill: true });
    expect([await lab.deliver(event), await lab.count(event.id)]).toEqual([200, 1]);
  });

  test('applies each event of a batch once, duplicates inside included', async () => {
    const [one, two] = [createEvent(), createEvent()];
    await lab.deliver(one);
    expect(await lab.deliver(two, one, two)).toBe(200);
    expect([await lab.count(one.id), await lab.count(two.id)]).toEqual([1, 1]);
  });

  test('takes 100 concurrent deliveries and 20 copies of each other', async () => {
    const events = Array.from({ length: 80 }, () => createEvent());
    const copied = createEvent();
    const copies = Array.from({ length: 20 }, () => copied);
    const statuses = await Promise.all([...events, ...copies].map((event) => lab.deliver(event)));
    expect(new Set(statuses)).toEqual(new Set([200]));
    const counts = await Promise.all([...events, copied].map(({ id }) => lab.count(id)));
    expect(new Set(counts)).toEqual(new Set([1]));
  });

  test('answers 503 to a partial failure, and the retry converges', async () => {
    const [good, bad] = [createEvent(), createEvent()];
    lab.sink.fail(bad.id, 1);
    expect(await lab.deliver(good, bad)).toBe(503);
    expect([await lab.count(good.id), await lab.count(bad.id)]).toEqual([1, 0]);
    expect(await lab.deliver(good, bad)).toBe(200);
    expect([await lab.count(good.id), await lab.count(bad.id)]).toEqual([1, 1]);
    expect([lab.sink.countOf(good.id), lab.sink.countOf(bad.id)]).toEqual([1, 1]);
  });

  test('lets a copy wait for the first one and take over when that fails', async () => {
    const event = createEvent();
    lab.sink.fail(event.id, 1);
    const release = lab.sink.hold(event.id);
    const both = Promise.all([lab.deliver(event), lab.deliver(event)]);
    release();
    expect((await both).toSorted()).toEqual([200, 503]);
    expect(await lab.count(event.id)).toBe(1);
  });

  test('records nothing while the store of keys is down', async () => {
    const event = createEvent();
    lab.receiver().setStoreDown(true);
    expect([await lab.deliver(event), await lab.count(event.id)]).toEqual([503, 0]);
    lab.receiver().setStoreDown(false);
    expect([await lab.deliver(event), await lab.count(event.id)]).toEqual([200, 1]);
  });

  test('shares the store with a second instance on the same directory', async () => {
    const event = createEvent();
    const other = await lab.another();
    await Promise.all([lab.deliver(event), send(other, sign([event]))]);
    expect([await lab.count(event.id), await countOf(other, event.id)]).toEqual([1, 1]);
  });

  test.each([
    ['a null event', [null]],
    ['an event without id', [{ ...createEvent(), id: undefined }]],
    ['an empty id', [createEvent({ id: '' })]],
  ])('refuses %s and with it the whole delivery', async (_name, broken) => {
    const event = createEvent();
    expect(await lab.deliver(event, ...broken)).toBe(400);
    expect(await lab.count(event.id)).toBe(0);
  });

  test('acknowledges an empty list and an unknown type', async () => {
    const event = createEvent({ event_type: 'trufusion', event_action: 'teleported' });
    expect([await lab.deliver(), await lab.deliver(event)]).toEqual([200, 200]);
    expect(await lab.count(event.id)).toBe(1);
  });

  test('ends in the same state whatever the order of arrival', async () => {
    const at = (second: number) => `2026-01-02T03:04:0${second}Z`;
    const [created, started, done] = [
      { id: '1', type: 'check', action: 'created', timestamp: at(1), object: null },
      { id: '2', type: 'check', action: 'started', timestamp: at(3), object: null },
      { id: '3', type: 'check', action: 'finished', timestamp: at(3), object: null },
    ] as const;
    expect(currentOf([done, started, created])).toBe(done);
    expect(currentOf([created, done, started])).toBe(done);
    expect(currentOf([])).toBeUndefined();
  });
});

describe('controls', () => {
  const poll = async (query: string) => {
    const url = lab.receiver().pollUrl.replace('?api={apiUrl}', query);
    const response = await fetch(url, { method: 'POST' });
    return { status: response.status, text: await response.text() };
  };

  const setClock = async (body: unknown): Promise<number> => {
    const request = { method: 'POST', body: JSON.stringify(body) };
    return (await fetch(lab.receiver().clockUrl, request)).status;
  };

  test('polls all pages and applies once what came by webhook too', async () => {
    const events = Array.from({ length: 5 }, () => createEvent());
    const [known = createEvent()] = events;
    await lab.deliver(known);
    const api = await openEventsApi(0);
    api.publish(events, { perPage: 2, overlap: 1 });
    expect(await poll(`?api=${api.url}`)).toEqual({
      status: 200,
      text: '{"applied":4,"duplicates":4,"failed":0}',
    });
    expect(await Promise.all(events.map(({ id }) => lab.count(id)))).toEqual([1, 1, 1, 1, 1]);
    expect(api.asked()).toBe(4);
    expect(await lab.deliver(...events)).toBe(200);
    await api.close();
  });

  test('polls the Events API that it was started with, and no other', async () => {
    const api = await openEventsApi(0);
    const dataDirectory = await mkdtemp(join(tmpdir(), 'receiver-'));
    const receiver = await startReceiver({ key, dataDirectory, apiUrl: api.url });
    const url = receiver.pollUrl.replace('?api={apiUrl}', '');
    expect((await fetch(url, { method: 'POST' })).status).toBe(200);
    expect(api.asked()).toBe(1);
    expect((await poll('')).status).toBe(400);
    await Promise.all([receiver.close(), api.close()]);
    await rm(dataDirectory, { recursive: true });
  });

  test('judges a token by the clock that was set, until it has the real time again', async () => {
    const inAnHour = { claims: { exp: nowSeconds() + 3600 } };
    expect(await setClock({ nowMs: Date.now() + 7_200_000 })).toBe(204);
    expect(await lab.post(sign([createEvent()], inAnHour))).toBe(401);
    expect(await setClock({ nowMs: null })).toBe(204);
    expect(await lab.post(sign([createEvent()], inAnHour))).toBe(200);
    expect(await setClock({ nowMs: 'noon' })).toBe(400);
  });
});

describe('journal', () => {
  test('cuts off half a line that a crash left, and appends after it', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'receiver-'));
    const path = join(dataDirectory, 'journal.ndjson');
    const event = createEvent();
    const first = await startReceiver({ key, dataDirectory });
    await send(first, sign([event]));
    await first.close();
    await appendFile(path, '{"key":"HKEhalf","event":{"id":"HK');

    const second = await startReceiver({ key, dataDirectory });
    expect(await countOf(second, event.id)).toBe(1);
    const torn = createEvent({ id: 'HKEhalf' });
    expect((await send(second, sign([torn]))).text).toContain('"applied":1');
    await second.close();
    expect((await readFile(path, 'utf8')).split('\n')).toHaveLength(3);
    await rm(dataDirectory, { recursive: true });
  });

  test('writes lines that come together in their order', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'receiver-'));
    const path = join(directory, 'lines');
    await writeFile(path, 'zero\n');
    const journal = await openJournal(path);
    expect(journal.lines).toEqual(['zero']);
    await Promise.all(['one', 'two', 'three'].map(journal.append));
    await journal.close();
    expect(await readFile(path, 'utf8')).toBe('zero\none\ntwo\nthree\n');
    await expect(journal.append('late')).rejects.toThrow();
    await rm(directory, { recursive: true });
  });
});

describe('http', () => {
  test.each([
    ['GET', '/webhooks/truora', 405],
    ['PUT', '/webhooks/truora', 405],
    ['POST', '/webhooks/truora/', 404],
    ['POST', '//webhooks/truora', 404],
    ['POST', '/Webhooks/truora', 404],
    ['POST', '/records', 404],
    ['POST', '/webhooks/truora?source=truora', 200],
  ])('answers %s %s with %i', async (method, path, status) => {
    expect(await lab.post(sign([createEvent()]), { method, path })).toBe(status);
  });

  test.each(['text/plain', 'application/json', 'application/jwt; charset=utf-8', ''])(
    'takes a token as %j',
    async (type) => {
      expect(await lab.post(sign([createEvent()]), { headers: { 'content-type': type } })).toBe(
        200,
      );
    },
  );

  test('takes 512 KiB, refuses more than 1 MiB with 413 and closes the connection', async () => {
    const object = { check_id: 'CHK1', blob: 'x'.repeat(390_000) };
    expect(await lab.deliver(createEvent({ object }))).toBe(200);
    const body = 'A'.repeat(2 * 1024 * 1024);
    expect(await lab.post(body)).toBe(413);
    const head = `POST /webhooks/truora HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n`;
    const { text, closed } = await lab.raw(head + body, 3_000);
    expect(text).toMatch(/^HTTP\/1\.1 413 /u);
    expect(text).toMatch(/^connection: close/imu);
    expect(closed).toBe(true);
  });

  test('refuses a compressed body', async () => {
    const headers = { 'content-encoding': 'gzip' };
    expect(await lab.post(sign([createEvent()]), { headers })).toBe(415);
  });

  test('answers a client that has stopped sending', async () => {
    const event = createEvent();
    const token = sign([event]);
    const head = `POST /webhooks/truora HTTP/1.1\r\nHost: a\r\nContent-Length: ${token.length}\r\n\r\n`;
    const { connect } = await import('node:net');
    const socket = connect(Number(new URL(lab.receiver().url).port), '127.0.0.1');
    socket.end(head + token);
    let text = '';
    for await (const chunk of socket) text += String(chunk);
    expect(text).toMatch(/^HTTP\/1\.1 200 /u);
  });

  test('has no effect when the body is cut off', async () => {
    const event = createEvent();
    const token = sign([event]);
    const head = `POST /webhooks/truora HTTP/1.1\r\nHost: a\r\nContent-Length: ${token.length}\r\n\r\n`;
    await lab.raw(head + token.slice(0, -20), 50);
    expect(await lab.deliver(createEvent())).toBe(200);
    expect(await lab.count(event.id)).toBe(0);
  });

  test('tells neither key nor signature nor stack in any refusal', async () => {
    const { text } = await lab.reply(flipped(sign([createEvent()])));
    expect(text).toBe('{"error":"the signature is wrong"}');
  });
});
