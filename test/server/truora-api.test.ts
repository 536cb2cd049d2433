import { describe, expect, test } from 'vitest';
import { shareLab } from './api-lab.js';

const opened = shareLab();

type Form = readonly (readonly [string, string])[];

const FORM: Form = [
  ['event_type', 'check'],
  ['actions', 'finished'],
  ['actions', 'delayed'],
  ['subscriber_type', 'web'],
  ['subscriber_url', 'http://localhost:3000/hook'],
  ['subscriber_name', 'José Peña 🦄'],
  ['subscriber_language', 'pt'],
];

describe('hooks', () => {
  test('are made by a form, and told with their key', async () => {
    const { status, body } = await opened().truora('POST', '/v1/hooks', FORM);
    expect(status).toBe(201);
    expect(body).toEqual({
      hook_id: expect.stringMatching(/^HOK[0-9a-f]{32}$/),
      event_type: 'check',
      actions: ['finished', 'delayed'],
      status: 'enabled',
      signing_key: expect.stringMatching(/^[0-9a-f]{64}$/),
      subscriber: {
        subscriber_type: 'web',
        subscriber_url: 'http://localhost:3000/hook',
        subscriber_name: 'José Peña 🦄',
        subscriber_language: 'pt',
      },
      creation_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      update_date: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect((await opened().truora('GET', `/v1/hooks/${body['hook_id']}`)).body).toEqual(body);
  });

  test('take actions as brackets, too', async () => {
    const form: Form = [...FORM.filter(([name]) => name !== 'actions'), ['actions[]', 'finished']];
    expect((await opened().truora('POST', '/v1/hooks', form)).body['actions']).toEqual([
      'finished',
    ]);
  });

  test('may be for e-mail', async () => {
    const { body } = await opened().truora('POST', '/v1/hooks', [
      ['event_type', 'all'],
      ['subscriber_type', 'email'],
      ['subscriber_address', 'ana@example.com'],
    ]);
    expect(body['subscriber']).toMatchObject({ subscriber_address: 'ana@example.com' });
  });

  test('are changed, disabled, enabled and removed', async () => {
    const { body: made } = await opened().truora('POST', '/v1/hooks', FORM);
    const path = `/v1/hooks/${made['hook_id']}`;
    const disabled = await opened().truora('PUT', path, [['status', 'disabled']]);
    expect(disabled.body).toMatchObject({ status: 'disabled', actions: ['finished', 'delayed'] });
    const url = 'http://localhost:3001/other';
    const enabled = await opened().truora('PUT', path, [
      ['status', 'enabled'],
      ['subscriber_url', url],
    ]);
    expect(enabled.body).toMatchObject({ status: 'enabled', subscriber: { subscriber_url: url } });
    const removed = await opened().truora('DELETE', path);
    expect([removed.status, removed.text]).toEqual([204, '']);
    for (const method of ['GET', 'DELETE']) {
      const gone = await opened().truora(method, path);
      expect([gone.status, gone.body['code'], gone.body['http_code']]).toEqual([404, 10404, 404]);
    }
    expect((await opened().truora('PUT', path, [['status', 'enabled']])).status).toBe(404);
  });

  test('come in pages that link each other', async () => {
    const { truora, standIn } = opened();
    for (let index = 0; index < 130; index++) {
      await standIn.hooks.create({
        eventType: 'all',
        subscriberType: 'web',
        subscriberUrl: `http://localhost:3000/${index}`,
      });
    }
    const first = await truora('GET', '/v1/hooks');
    const second = await truora('GET', String(first.body['next']));
    const hooks = [first, second].flatMap(
      ({ body }) => body['hooks'] as unknown as { hook_id: string }[],
    );
    expect(new Set(hooks.map(({ hook_id: id }) => id)).size).toBe(130);
    expect(first.body['self']).toBe('http://localhost/v1/hooks');
    expect(second.body['self']).toBe(first.body['next']);
    expect(second.body['next']).toBe('');
  });

  test.each([
    [
      'no event type',
      [['subscriber_url', 'http://localhost/']],
      'body.event_type: expected string, found nothing',
    ],
    [
      'another subscriber',
      [
        ['event_type', 'all'],
        ['subscriber_type', 'fax'],
      ],
      'body.subscriber_type: expected one of "web"|"email", found "fax" (string)',
    ],
    ['no address', [['event_type', 'all']], 'a web hook needs a subscriber_url'],
    [
      'an address of another protocol',
      [
        ['event_type', 'all'],
        ['subscriber_url', 'ftp://localhost/'],
      ],
      'the subscriber_url of a web hook begins with http:// or https://',
    ],
    ['no such type', [...FORM, ['event_type', 'cheque']], ''],
    [
      'a zero character',
      [['event_type', 'a\0']],
      'body.event_type: expected text without zero characters and broken surrogates',
    ],
  ] as const)('are refused with %s', async (_what, form, message) => {
    const { status, body } = await opened().truora('POST', '/v1/hooks', form);
    expect([status, body['code'], body['http_code']]).toEqual([400, 10400, 400]);
    expect(body['message']).toContain(message);
  });

  test('are not taken as JSON', async () => {
    const { status, body } = await opened().call('POST', '/v1/hooks', {
      headers: { 'Truora-API-Key': 'right', 'Content-Type': 'application/json' },
      body: '{"event_type":"all"}',
    });
    expect([status, body['code']]).toEqual([415, 10415]);
  });
});

describe('events', () => {
  test('are listed under each of their paths, the newest first, in pages', async () => {
    const { truora, standIn } = opened();
    await standIn.emit({ event: 'checks.created', count: 120 });
    await standIn.emit({ event: 'checks.finished' });
    const first = await truora('GET', '/v1/hooks/events');
    const rows = first.body['events'] as unknown as Record<string, string>[];
    expect(rows).toHaveLength(100);
    expect(rows[0]).toMatchObject({
      event_action: 'finished',
      product: 'checks',
      delivery_status: expect.any(String),
    });
    expect(JSON.parse(rows[0]!['object']!)).toMatchObject({ status: 'completed' });
    for (const path of ['/v1/events', '/events', '/v2/hooks/events']) {
      expect((await truora('GET', path)).body).toEqual(first.body);
    }
    const second = await truora('GET', String(first.body['next']));
    expect(second.body['events']).toHaveLength(21);
    expect(second.body['next']).toBe('');
    const keys = [...rows, ...(second.body['events'] as unknown as Record<string, string>[])];
    expect(new Set(keys.map(({ idempotency_key: key }) => key)).size).toBe(121);
  });

  test('are found by their key', async () => {
    const { events } = await opened().standIn.emit({ event: 'checks.created' });
    const { idempotencyKey } = events[0]!;
    for (const path of ['/v1/hooks/events', '/v1/events']) {
      const { body } = await opened().truora('GET', `${path}/${idempotencyKey}`);
      expect(body).toMatchObject({ idempotency_key: idempotencyKey, event_type: 'check' });
    }
    expect((await opened().truora('GET', '/v1/hooks/events/HIK0')).status).toBe(404);
  });

  test('are no hook', async () => {
    const { status, headers } = await opened().truora('DELETE', '/v1/hooks/events');
    expect([status, headers.get('allow')]).toEqual([405, 'GET']);
  });
});

describe('resources', () => {
  test.each([
    ['checks.finished', 'checks', ['check', 'status'], 'completed'],
    ['digital_identity.succeeded', 'processes', ['status'], 'success'],
    ['document_validation.failed', 'validations', ['validation_status'], 'failure'],
    ['truface.succeeded', 'validations', ['validation_status'], 'success'],
  ])('of %s stand in %s', async (event, collection, place, status) => {
    const { resourceIds } = await opened().standIn.emit({ event });
    const { body } = await opened().truora('GET', `/v1/${collection}/${resourceIds[0]}`);
    const found = place.reduce<unknown>(
      (value, name) => (value as Record<string, unknown>)[name],
      body,
    );
    expect(found).toBe(status);
    expect((await opened().truora('GET', `/v1/signals/${resourceIds[0]}`)).status).toBe(404);
  });

  test('tell a verdict that was overwritten, beside the first one', async () => {
    const { resourceIds } = await opened().standIn.emit({ event: 'digital_identity.succeeded' });
    const path = `/v1/processes/${resourceIds[0]}`;
    const override = `/resources/${resourceIds[0]}/override`;
    expect((await opened().control('PUT', override, { status: 'failure' })).status).toBe(204);
    for (const one of [path, `${path}/result`]) {
      const { body } = await opened().truora('GET', one);
      expect(body).toMatchObject({ status: 'success', override_status: 'failure' });
    }
    await opened().control('PUT', override, { status: null });
    expect((await opened().truora('GET', path)).body).not.toHaveProperty('override_status');
  });

  test('that there are not are 404, as Truora words it', async () => {
    const { status, body } = await opened().truora('GET', '/v1/checks/CHK0');
    expect([status, body['code'], body['http_code']]).toEqual([404, 10404, 404]);
  });
});
