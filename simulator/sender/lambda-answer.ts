import type { LambdaPayload } from './lambda-event.js';

/** What the gateway answers when the function fails, or returns what it cannot use. */
export const badAnswer = (payload: LambdaPayload): Response =>
  Response.json(
    { message: payload === 'v2' ? 'Internal Server Error' : 'Internal server error' },
    { status: payload === 'v2' ? 500 : 502 },
  );

/** What the gateway makes of a function's result. */
export const answerOf = (result: unknown, payload: LambdaPayload): Response => {
  try {
    if (isRecord(result) && 'statusCode' in result) return complete(result);
    return payload === 'v2' ? inferred(result) : badAnswer(payload);
  } catch {
    return badAnswer(payload);
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** In v2 a result without a status code is the body of a 200, as JSON. */
const inferred = (result: unknown): Response =>
  new Response(typeof result === 'string' ? result : (JSON.stringify(result) ?? ''), {
    headers: { 'Content-Type': 'application/json' },
  });

const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

const complete = (result: Readonly<Record<string, unknown>>): Response => {
  const status = Number(result['statusCode']);
  return new Response(BODILESS.has(status) ? null : bodyOf(result), {
    status,
    headers: headersOf(result),
  });
};

const bodyOf = ({ body, isBase64Encoded }: Readonly<Record<string, unknown>>) => {
  if (body === undefined || body === null) return '';
  if (typeof body !== 'string') throw new TypeError('the body of an answer has to be text');
  return isBase64Encoded === true ? new Uint8Array(Buffer.from(body, 'base64')) : body;
};

const headersOf = (result: Readonly<Record<string, unknown>>): Headers => {
  const headers = new Headers();
  for (const [name, value] of entriesOf(result['headers'])) headers.set(name, String(value));
  for (const [name, values] of entriesOf(result['multiValueHeaders'])) {
    headers.delete(name);
    for (const value of listOf(values)) headers.append(name, String(value));
  }
  for (const cookie of listOf(result['cookies'])) headers.append('Set-Cookie', String(cookie));
  if (!headers.has('content-type')) headers.set('Content-Type', 'application/json');
  return headers;
};

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  isRecord(value) ? Object.entries(value) : [];

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
