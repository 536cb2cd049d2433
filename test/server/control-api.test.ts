import { describe, expect, test } from 'vitest';
import { apiOf, callerOf, shareLab } from './api-lab.js';

const DRAFT = {
  eventType: 'all',
  subscriberType: 'web',
  subscriberUrl: 'http://localhost:3000/hook',
} as const;
const FAULT = { outcome: { kind: 'status', status: 503 }, times: null } as const;

const nested = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
};

const opened = shareLab();

/** The lab with a hook of the test's own. */
const useHook = async () => {
  const lab = opened();
  return { ...lab, hook: await lab.standIn.hooks.create(DRAFT) };
};

describe('hooks', () => {
  test('are made, told with their window, changed and removed', async () => {
    const { control } = opened();
    const made = await control('POST', '/hooks', { ...DRAFT, actions: ['finished'] });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      eventType: 'all',
      actions: ['finished'],
      status: 'enabled',
      window: { failed: 0, total: 0, share: 0, waiting: 0, nextDueMs: null },
    });
    expect(made.text).not.toMatch(/signing|[0-9a-f]{64}/);
    const path = `/hooks/${made.body['id']}`;
    const changed = await control('PATCH', path, { subscriberName: 'Ana', ordered: true });
    expect(changed.body).toMatchObject({
      subscriberName: 'Ana',
      ordered: true,
      actions: ['finished'],
    });
    expect((await control('GET', '/hooks')).body['rows']).toEqual([changed.body]);
    expect((await control('GET', path)).body).toEqual(changed.body);
    expect((await control('DELETE', path)).status).toBe(204);
    expect((await control('GET', path)).body).toMatchObject({
      code: 'not_found',
      remedy: expect.any(String),
    });
  });

  test('are disabled and enabled by hand', async () => {
    const { control, hook } = await useHook();
    const disabled = await control('POST', `/hooks/${hook.id}/disable`);
    expect(disabled.body).toMatchObject({ status: 'disabled', disabledReason: 'request' });
    expect((await control('POST', `/hooks/${hook.id}/enable`)).body['status']).toBe('enabled');
  });

  test('tell their key where it is asked for', async () => {
    const { control } = opened();
    const signingKey = 'a'.repeat(64);
    const { body } = await control('POST', '/hooks', { ...DRAFT, signingKey });
    expect((await control('GET', `/hooks/${body['id']}/key`)).body).toEqual({ signingKey });
  });

  test('are refused with what was meant for a key, which is not repeated', async () => {
    const { control } = opened();
    const { status, text } = await control('POST', '/hooks', { ...DRAFT, signingKey: 'sEcReT' });
    expect(status).toBe(400);
    expect(text).toContain('body.signingKey: expected 64 hexadecimal characters');
    expect(text).not.toContain('sEcReT');
  });

  test('play a fault until it is taken away', async () => {
    const { control, hook } = await useHook();
    const path = `/hooks/${hook.id}/fault`;
    expect((await control('PUT', path, FAULT)).status).toBe(204);
    expect((await control('GET', `/hooks/${hook.id}`)).body['fault']).toEqual(FAULT);
    expect((await control('DELETE', path)).status).toBe(204);
    expect((await control('GET', `/hooks/${hook.id}`)).body['fault']).toBeNull();
  });

  test.each([
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['POST', '/enable', undefined],
    ['POST', '/disable', undefined],
    ['PUT', '/fault', FAULT],
    ['DELETE', '/fault', undefined],
    ['GET', '/key', undefined],
  ])('%s …%s is 404 where there is none', async (method, rest, body) => {
    const { control } = opened();
    const { status, body: said } = await control(method, `/hooks/HOK0${rest}`, body);
    expect([status, said['message']]).toEqual([404, 'there is no hook "HOK0"']);
  });
});

describe('events', () => {
  test('tell each attempt with what its token said', async () => {
    const { control, hook, sent } = await useHook();
    const { body } = await control('POST', '/emit', {
      event: 'checks.finished',
      set: { 'object.status': 'error' },
    });
    const [event] = body['events'] as unknown as { id: string }[];
    const story = (await control('GET', `/events/${event!.id}`)).body as unknown as {
      event: object;
      deliveries: object[];
      attempts: { payload: object; outcome: object }[];
    };
    expect(story.event).toMatchObject({ name: 'checks.finished', object: { status: 'error' } });
    expect(story.deliveries).toMatchObject([{ hookId: hook.id, status: 'delivered', attempts: 1 }]);
    expect(story.attempts).toMatchObject([{ outcome: { kind: 'response', status: 200 } }]);
    const claims: unknown = JSON.parse(
      Buffer.from(sent.at(-1)!.split('.')[1]!, 'base64url').toString('utf8'),
    );
    expect(story.attempts[0]!.payload).toEqual(claims);
  });

  test('are searched, and come in pages', async () => {
    const { control } = opened();
    await control('POST', '/emit', { event: 'phone_validation.succeeded', count: 5 });
    await control('POST', '/emit', { event: 'digital_identity.succeeded' });
    const first = await control('GET', '/events?search=phone&limit=3');
    expect(first.body['rows']).toHaveLength(3);
    const second = await control(
      'GET',
      `/events?search=phone&limit=3&startKey=${encodeURIComponent(String(first.body['next']))}`,
    );
    expect(second.body).toMatchObject({
      rows: [{ name: 'phone_validation.succeeded' }, {}],
      next: null,
    });
    const other = await control('GET', '/events?eventType=identity_process');
    expect(other.body['rows']).toHaveLength(1);
  });

  test('are sent again, to the hooks that are named', async () => {
    const { control, hook, standIn } = await useHook();
    await standIn.hooks.create(DRAFT);
    const { events } = await standIn.emit({ event: 'checks.created' });
    const path = `/events/${events[0]!.id}/resend`;
    expect((await control('POST', path)).body['deliveries']).toHaveLength(2);
    const named = await control('POST', path, { hooks: [hook.id] });
    expect(named.body['deliveries']).toMatchObject([{ hookId: hook.id, resend: true }]);
    expect((await control('POST', '/events/HKE0/resend', {})).status).toBe(404);
  });
});

describe('what is let happen', () => {
  test('comes later where it is to', async () => {
    const { control, standIn } = opened();
    const nowMs = standIn.clock.nowMs();
    const { body } = await control('POST', '/emit', { event: 'signals.detected', after: '1h30m' });
    expect(body).toMatchObject({
      events: [],
      scheduled: [{ name: 'signals.detected', atMs: nowMs + 5_400_000 }],
    });
    await control('POST', '/clock/advance', { by: '90m' });
    const { body: found } = await control('GET', '/events?search=signals');
    expect(found['rows']).toHaveLength(1);
  });

  test('is a whole life, step by step', async () => {
    const { control } = opened();
    const { body: order } = await control('POST', '/lifecycle', {
      product: 'checks',
      every: '10m',
    });
    await control('POST', '/clock/advance', { by: '1d' });
    const [resourceId] = order['resourceIds'] as unknown as string[];
    const { body } = await control('GET', `/events?search=${resourceId}`);
    const rows = body['rows'] as unknown as { eventAction: string; resourceId: string }[];
    expect(rows.length).toBeGreaterThan(2);
    expect(rows.at(-1)!.eventAction).toBe('created');
    expect(new Set(rows.map(({ resourceId }) => resourceId)).size).toBe(1);
  });

  test.each([
    ['/emit', {}, 400, 'body.event: expected string, found nothing'],
    ['/emit', { event: 'checks.finishd' }, 400, "there is no event named 'checks.finishd'"],
    ['/emit', { event: 'checks.finished', set: { 'object.staus': 'x' } }, 400, 'object.staus'],
    [
      '/emit',
      { event: 'checks.finished', sett: {}, cuont: 1 },
      400,
      'body: there is nothing named "sett", "cuont"',
    ],
    [
      '/emit',
      { event: 'checks.finished', set: { 'object.scores': nested(101) } },
      400,
      'expected no more than 100 levels',
    ],
    [
      '/hooks',
      { ...DRAFT, subscriberUrl: 'http://localhost:3000/\r\nX: y' },
      400,
      'subscriber_url is no URL',
    ],
    [
      '/emit',
      { event: 'checks.finished', count: 0 },
      400,
      'body.count: expected number to be >=1, found 0 (number)',
    ],
    [
      '/emit',
      { event: 'checks.finished', count: 1.5 },
      400,
      'body.count: expected int, found 1.5 (number)',
    ],
    [
      '/emit',
      { event: 'checks.finished', after: '2 hours' },
      400,
      'body.after: expected a duration such as 90s, 2h or 1h30m, found "2 hours" (string)',
    ],
    [
      '/emit',
      { event: 'checks.finished', after: '400d' },
      400,
      'body.after: expected a duration of 365d at most',
    ],
    [
      '/emit',
      { event: 'checks.finished', after: '1s', afterMs: 5 },
      400,
      'body.after: expected either after or afterMs',
    ],
    [
      '/emit',
      { event: 'checks.finished', set: { 'object.country': 'a\0' } },
      400,
      'zero characters',
    ],
    ['/emit', [], 400, 'body: expected object, found a list'],
    ['/lifecycle', { product: 'checkz' }, 400, 'checkz'],
    ['/clock/advance', {}, 400, 'body: expected {"by":"2h"} or {"to":"next"}, found an object'],
    ['/clock/advance', { by: '-1h' }, 400, 'body.by: expected a duration'],
    ['/clock/advance', { to: 'next' }, 409, 'nothing is due'],
  ])('%s %j is %i', async (path, order, status, message) => {
    const { control } = opened();
    const { status: found, body } = await control('POST', path, order);
    expect(found).toBe(status);
    expect(body['message']).toContain(message);
    expect(body['remedy']).toEqual(expect.any(String));
  });

  test('tells broken JSON from a wrong order', async () => {
    const { call } = opened();
    const { status, body } = await call('POST', '/_hookproof/emit', {
      headers: { Authorization: 'Bearer right', 'Content-Type': 'application/json' },
      body: '{"event":',
    });
    expect([status, body['message']]).toEqual([400, 'Malformed JSON in request body']);
  });
});

describe('the clock', () => {
  test('goes on by a duration, or to what is due next', async () => {
    const { control, hook, standIn } = await useHook();
    await control('PUT', `/hooks/${hook.id}/fault`, FAULT);
    await control('POST', '/emit', { event: 'checks.created' });
    const startMs = standIn.clock.nowMs();
    expect((await control('GET', '/clock')).body).toEqual({
      kind: 'test',
      nowMs: startMs,
      nextDueMs: startMs + 30_000,
    });
    const next = await control('POST', '/clock/advance', { to: 'next' });
    expect(next.body).toEqual({ nowMs: startMs + 30_000, attempts: 1 });
    const rest = await control('POST', '/clock/advance', { by: '170m' });
    expect(rest.body).toEqual({ nowMs: startMs + 30_000 + 10_200_000, attempts: 4 });
  });

  test('is not moved where it is real', async () => {
    const { standIn } = opened();
    const clock = { ...standIn.clock, kind: 'real' } as const;
    const { control } = callerOf(apiOf({ ...standIn, clock }));
    const { status, body } = await control('POST', '/clock/advance', { by: '2h' });
    expect([status, body['code']]).toEqual([409, 'real_clock']);
  });
});

describe('an outage, from the first failure to the e-mail', () => {
  test('is in the ledger, in order, and ends by enabling the hook again', async () => {
    const { control, hook } = await useHook();
    await control('PUT', `/hooks/${hook.id}/fault`, FAULT);
    await control('POST', '/emit', { event: 'checks.created', count: 12 });
    const { body } = await control('GET', `/ledger?hook=${hook.id}`);
    const rows = body['rows'] as unknown as { kind: string; sequence: number }[];
    expect(rows.filter(({ kind }) => kind === 'attempt')).toHaveLength(10);
    expect(rows.map(({ kind }) => kind)).toContain('disabled');
    const sequences = rows.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
    const back: number[] = [];
    for (let key: string | null = ''; key !== null;) {
      const start = key === '' ? '' : `&startKey=${key}`;
      const path = `/ledger?hook=${hook.id}&order=newest&limit=4${start}`;
      const { body: page } = await control('GET', path);
      back.push(...(page['rows'] as unknown as typeof rows).map(({ sequence }) => sequence));
      key = page['next'] as unknown as string | null;
    }
    expect(back).toEqual(sequences.toReversed());
    const { body: mails } = await control('GET', '/mails');
    const [mail] = (
      mails['rows'] as unknown as { id: string; kind: string; hookId: string }[]
    ).filter(({ hookId }) => hookId === hook.id);
    expect(mail!.kind).toBe('disabled');
    expect((await control('GET', `/mails/${mail!.id}`)).body).toEqual(mail);
    expect((await control('GET', '/mails/none')).status).toBe(404);
    await control('DELETE', `/hooks/${hook.id}/fault`);
    await control('POST', `/hooks/${hook.id}/enable`);
    const { body: emitted } = await control('POST', '/emit', { event: 'checks.finished' });
    expect(emitted['deliveries']).toMatchObject([{ status: 'delivered' }]);
  });
});

describe('the rest', () => {
  test('tells how things stand', async () => {
    const { control, standIn } = opened();
    const { body } = await control('GET', '/state');
    expect(body).toEqual({
      clock: { kind: 'test', nowMs: standIn.clock.nowMs(), nextDueMs: null },
      totals: await standIn.totals(),
      policy: JSON.parse(JSON.stringify(standIn.policy)) as unknown,
      publicUrl: 'http://localhost:4000',
    });
  });

  test('lists the 45 pairs', async () => {
    const { control } = opened();
    const { body } = await control('GET', '/pairs');
    expect(body['pairs']).toHaveLength(45);
    expect(body['pairs']).toContainEqual({
      name: 'checks.finished',
      product: 'checks',
      productTitle: 'Checks',
      action: 'finished',
      eventType: 'check',
    });
  });

  test('tells of resources', async () => {
    const { control, standIn } = opened();
    const { resourceIds } = await standIn.emit({ event: 'checks.created' });
    const { body } = await control('GET', `/resources/${resourceIds[0]}`);
    expect(body).toMatchObject({ id: resourceIds[0], product: 'checks', overrideStatus: null });
    for (const [method, rest, order] of [
      ['GET', '', undefined],
      ['PUT', '/override', { status: 'x' }],
    ] as const) {
      expect((await control(method, `/resources/CHK0${rest}`, order)).status).toBe(404);
    }
  });

  test.each([
    ['/hoks', '/_hookproof/hooks'],
    ['/clok', '/_hookproof/clock'],
    ['/lifecycl', '/_hookproof/lifecycle'],
  ])('%s is 404 and names %s', async (path, meant) => {
    const { control } = opened();
    const { status, body } = await control('GET', path);
    expect([status, body['code']]).toEqual([404, 'not_found']);
    expect(body['remedy']).toContain(`did you mean ${meant}?`);
  });

  test('names the methods of a path', async () => {
    const { control } = opened();
    const { status, headers, body } = await control('PUT', '/hooks');
    expect([status, headers.get('allow'), body['code']]).toEqual([
      405,
      'GET, POST',
      'method_not_allowed',
    ]);
  });
});
