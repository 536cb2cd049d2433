import { describe, expect, test } from 'vitest';
import { createInProcessTransport } from '../../simulator/sender/in-process.js';
import { fromLambda } from '../../simulator/sender/lambda.js';
import type { LambdaHandler, LambdaOptions } from '../../simulator/sender/lambda.js';
import { deliveryTo, resultOf } from './servers.js';

const HOOK = 'https://hooks.receiver.test/webhooks/truora?a=1&b=2&b=3';

/** The parts of either event that tests look at. */
interface LambdaEvent {
  readonly body?: string | null;
  readonly isBase64Encoded: boolean;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
}

const invoke = async (
  handler: LambdaHandler,
  options: LambdaOptions = {},
  changes: Parameters<typeof deliveryTo>[1] = {},
) => {
  const exchange = await createInProcessTransport(fromLambda(handler, options)).send(
    deliveryTo(HOOK, changes),
  );
  const { headers, body } = exchange;
  return { status: resultOf(exchange), headers, text: Buffer.from(body).toString() };
};

/** The event that a delivery becomes. */
const eventOf = async (
  options: LambdaOptions = {},
  changes: Parameters<typeof deliveryTo>[1] = {},
): Promise<LambdaEvent> => {
  let seen: LambdaEvent | undefined;
  const keep = async (event: LambdaEvent) => {
    seen = event;
    return { statusCode: 200 };
  };
  await invoke(keep, options, changes);
  return seen ?? expect.unreachable('the function was not called');
};

const textOf = ({ body, isBase64Encoded }: LambdaEvent): string =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('latin1');

describe('the event', () => {
  test('of payload v2 is the one of an HTTP API', async () => {
    const headers = [
      ['Content-Type', 'application/jwt'],
      ['X-Twice', '1'],
      ['X-Twice', '2'],
      ['Cookie', 'x=1; y=2'],
    ] as const;
    expect(await eventOf({}, { headers })).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/webhooks/truora',
      rawQueryString: 'a=1&b=2&b=3',
      cookies: ['x=1', 'y=2'],
      headers: { 'content-type': 'application/jwt', 'x-twice': '1, 2' },
      queryStringParameters: { a: '1', b: '2,3' },
      requestContext: expect.objectContaining({
        domainName: 'hooks.receiver.test',
        domainPrefix: 'hooks',
        http: expect.objectContaining({ method: 'POST', path: '/webhooks/truora' }),
        time: expect.stringMatching(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/),
        timeEpoch: expect.any(Number),
      }),
      body: Buffer.from('a.b.c').toString('base64'),
      isBase64Encoded: true,
    });
  });

  test('of payload v1 is the one of a REST API', async () => {
    const headers = [
      ['content-type', 'application/jwt'],
      ['X-Twice', '1'],
      ['X-Twice', '2'],
    ] as const;
    expect(await eventOf({ payload: 'v1' }, { headers })).toEqual({
      version: '1.0',
      resource: '/webhooks/truora',
      path: '/webhooks/truora',
      httpMethod: 'POST',
      headers: { 'Content-Type': 'application/jwt', 'X-Twice': '1, 2' },
      multiValueHeaders: { 'Content-Type': ['application/jwt'], 'X-Twice': ['1, 2'] },
      queryStringParameters: { a: '1', b: '3' },
      multiValueQueryStringParameters: { a: ['1'], b: ['2', '3'] },
      pathParameters: null,
      stageVariables: null,
      requestContext: expect.objectContaining({ httpMethod: 'POST', protocol: 'HTTP/1.1' }),
      body: 'a.b.c',
      isBase64Encoded: false,
    });
  });

  test.each<readonly [LambdaOptions, string | undefined, boolean]>([
    [{}, 'application/jwt', true],
    [{}, 'application/x-www-form-urlencoded', true],
    [{}, undefined, true],
    [{}, 'application/json; charset=utf-8', false],
    [{}, 'application/json5', true],
    [{}, 'TEXT/plain', false],
    [{ base64: false }, 'application/jwt', false],
    [{ payload: 'v1' }, 'application/jwt', false],
    [{ payload: 'v1' }, 'application/octet-stream', false],
    [{ payload: 'v1', base64: true }, 'application/jwt', true],
  ])('with %j holds a body of type %s in base64: %s', async (options, type, base64) => {
    const headers = type === undefined ? [] : ([['Content-Type', type]] as const);
    const event = await eventOf(options, { headers });
    expect(event.isBase64Encoded).toBe(base64);
    expect(textOf(event)).toBe('a.b.c');
  });

  test('in base64 holds every byte', async () => {
    const body = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(Buffer.from(textOf(await eventOf({}, { body })), 'latin1')).toEqual(Buffer.from(body));
  });

  test.each([
    ['v2', undefined],
    ['v1', null],
  ] as const)('of payload %s without a body has %s', async (payload, nothing) => {
    const event = await eventOf({ payload }, { body: new Uint8Array() });
    expect([event.body, event.isBase64Encoded]).toEqual([nothing, false]);
  });
});

describe('the answer', () => {
  test.each<readonly [string, LambdaHandler]>([
    ['by an async function', async () => ({ statusCode: 202, body: 'taken' })],
    ['by a plain return', () => ({ statusCode: 202, body: 'taken' })],
    [
      'by a callback',
      (_event: unknown, _context: unknown, callback: (error: unknown, result: unknown) => void) => {
        setImmediate(() => callback(null, { statusCode: '202', body: 'taken' }));
      },
    ],
    [
      'by an async function that has a callback too',
      async (_event: unknown, _context: unknown, _callback: unknown) => ({
        statusCode: 202,
        body: 'taken',
      }),
    ],
  ])('is given %s', async (_what, handler) => {
    expect(await invoke(handler)).toMatchObject({ status: 202, text: 'taken' });
  });

  test('has its headers, and JSON for its type unless it says otherwise', async () => {
    const plain = await invoke(async () => ({ statusCode: 200, headers: { 'X-A': 1 } }));
    expect(plain.headers).toEqual({ 'content-type': 'application/json', 'x-a': '1' });
    const other = await invoke(async () => ({
      statusCode: 200,
      headers: { 'content-type': 'text/plain', 'X-A': 'one' },
      multiValueHeaders: { 'x-a': ['two', 'three'] },
      cookies: ['a=1'],
    }));
    expect(other.headers).toEqual({
      'content-type': 'text/plain',
      'x-a': 'two, three',
      'set-cookie': 'a=1',
    });
  });

  test('is decoded from base64', async () => {
    const body = Buffer.from('taken').toString('base64');
    const answer = await invoke(async () => ({ statusCode: 200, body, isBase64Encoded: true }));
    expect(answer.text).toBe('taken');
  });

  test.each([204, 304])('of status %i has no body', async (statusCode) => {
    const answer = await invoke(async () => ({ statusCode, body: '' }));
    expect(answer).toMatchObject({ status: statusCode, text: '' });
  });

  test.each([
    ['an object', { received: true }, '{"received":true}'],
    ['a text', 'taken', 'taken'],
    ['nothing', undefined, ''],
  ])('of payload v2 without a status is 200: %s', async (_what, result, text) => {
    expect(await invoke(async () => result)).toMatchObject({ status: 200, text });
  });

  test.each<readonly [string, LambdaHandler]>([
    [
      'throws',
      () => {
        throw new Error('a token: eyJ');
      },
    ],
    ['rejects', async () => Promise.reject(new Error('a token: eyJ'))],
    [
      'calls an error back',
      (_event: unknown, _context: unknown, callback: (error: unknown) => void) => {
        callback(new Error('a token: eyJ'));
      },
    ],
    ['returns a status that is none', async () => ({ statusCode: 'done' })],
    ['returns a body that is no text', async () => ({ statusCode: 200, body: { a: 1 } })],
    ['returns a header that is none', async () => ({ statusCode: 200, headers: { 'a b': 'c' } })],
  ])('is the gateway’s own when the function %s', async (_what, handler) => {
    const [http, rest] = [await invoke(handler), await invoke(handler, { payload: 'v1' })];
    expect(http).toMatchObject({ status: 500, text: '{"message":"Internal Server Error"}' });
    expect(rest).toMatchObject({ status: 502, text: '{"message":"Internal server error"}' });
  });

  test('of payload v1 without a status is a bad gateway', async () => {
    expect(await invoke(async () => undefined, { payload: 'v1' })).toMatchObject({ status: 502 });
  });
});

test('the context tells the time that is left', async () => {
  const handler = async (_event: unknown, context: { getRemainingTimeInMillis: () => number }) =>
    String(context.getRemainingTimeInMillis());
  const { text } = await invoke(handler);
  expect(Number(text)).toBeGreaterThan(28_000);
});
