import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { apiOf, callerOf, shareLab } from './api-lab.js';

const opened = shareLab();

describe('health', () => {
  test('is one thing, readiness another', async () => {
    const { call, standIn } = opened();
    expect((await call('GET', '/healthz')).body).toEqual({ status: 'ok' });
    expect((await call('GET', '/readyz')).status).toBe(200);
    const starting = callerOf(apiOf({ ...standIn, isReady: async () => false }));
    const { status, body } = await starting.call('GET', '/readyz');
    expect([status, body]).toEqual([503, { status: 'starting' }]);
    expect((await starting.call('GET', '/healthz')).status).toBe(200);
  });
});

describe('metrics', () => {
  /** Samples of the text format, version 0.0.4: `name{label="value"} 1`. */
  const samplesOf = (text: string): ReadonlyMap<string, number> =>
    new Map(
      text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'))
        .map((line) => {
          const [, name = '', value = ''] =
            /^([a-zA-Z_:][\w:]*(?:\{(?:\w+="(?:[^"\\]|\\.)*",?)*\})?) (Nan|[+-]Inf|[-+.\de]+)$/.exec(
              line,
            ) ?? [];
          if (name === '') throw new Error(`no sample: ${line}`);
          return [name, Number(value)];
        }),
    );

  test('tell what there is, and what is due', async () => {
    const { call, control, standIn } = opened();
    const hook = await standIn.hooks.create({
      eventType: 'all',
      subscriberType: 'web',
      subscriberUrl: 'http://localhost:3000/hook',
    });
    await control('PUT', `/hooks/${hook.id}/fault`, {
      outcome: { kind: 'status', status: 503 },
      times: null,
    });
    await control('POST', '/emit', { event: 'checks.created' });
    const { headers, text } = await call('GET', '/metrics');
    expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const samples = samplesOf(text);
    const figures = {
      'hookproof_hooks{status="enabled"}': 1,
      'hookproof_hooks{status="disabled"}': 0,
      hookproof_events: 1,
      'hookproof_attempts{outcome="ok"}': 0,
      'hookproof_attempts{outcome="failed"}': 1,
      'hookproof_deliveries{status="waiting"}': 1,
      'hookproof_mails{status="sent"}': 0,
      hookproof_next_due_seconds: 30,
      hookproof_queue_lag_seconds: 0,
    };
    expect(Object.fromEntries(samples)).toMatchObject(figures);
    expect(samples.get('process_resident_memory_bytes')).toBeGreaterThan(0);
    await control('POST', '/clock/advance', { by: '3h' });
    const later = samplesOf((await call('GET', '/metrics')).text);
    expect(later.get('hookproof_deliveries{status="exhausted"}')).toBe(1);
    expect(later.get('hookproof_next_due_seconds')).toBeNaN();
  });
});

describe('the OpenAPI document', () => {
  test('is valid, and the reference shows each of its paths', async () => {
    const { call } = opened();
    const { body } = await call('GET', '/openapi.json');
    expect(await new Validator().validate(body)).toEqual({ valid: true });
    const { text, headers } = await call('GET', '/reference');
    expect(headers.get('content-type')).toMatch(/^text\/html/);
    for (const path of Object.keys(body['paths'] ?? {}))
      expect(text).toContain(`<code>${path}</code>`);
    expect(text).not.toMatch(/<script|\ssrc=|https?:\/\/(?!localhost)/);
  });

  test('tells which key each route wants', async () => {
    const { call } = opened();
    const { body } = await call('GET', '/openapi.json');
    const paths = body['paths'] as unknown as Record<
      string,
      Record<string, { security?: unknown }>
    >;
    expect(body['security']).toEqual([{ controlToken: [] }, { controlTokenHeader: [] }]);
    for (const [path, item] of Object.entries(paths)) {
      for (const { security } of Object.values(item)) {
        if (path.startsWith('/_hookproof/')) expect(security).toBeUndefined();
        else if (/^\/(?:v1|events)/.test(path)) expect(security).toEqual([{ truoraApiKey: [] }]);
        else expect(security).toEqual([]);
      }
    }
  });
});
