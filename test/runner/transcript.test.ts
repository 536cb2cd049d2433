import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Attempt } from '../../contracts/runner/case.js';
import { createTranscribe } from '../../contracts/runner/transcript.js';

const key = '0123456789abcdef'.repeat(4);
const input = 'eyJhbGciOiJIUzI1NiJ9.eyJldmVudHMiOltdfQ';
const mac = createHmac('sha256', key).update(input).digest();

/** What is written down of a forged token and the answer to it. */
const transcribe = (answer: string) =>
  createTranscribe({ key, hiddenHeaders: [] })({
    request: {
      method: 'POST',
      url: 'http://localhost/',
      headers: [],
      body: Buffer.from(`${input}.AAAA`),
      bodyBytes: input.length + 5,
      bodyDigest: '',
    },
    exchange: {
      outcome: { kind: 'response', status: 401, latencyMs: 1 },
      headers: { 'x-hint': answer },
      body: Buffer.from(`no: ${answer}!`),
    },
  } as unknown as Attempt);

test.each([
  ['the key', key],
  ['the key in base64', Buffer.from(key).toString('base64')],
  ['the key in hex', Buffer.from(key).toString('hex')],
  ['the right MAC', mac.toString('base64url')],
  ['the right MAC in hex', mac.toString('hex')],
])('%s in an answer is withheld', (_name, secret) => {
  const { request, response } = transcribe(secret);
  expect(request.body.text).toBe(`${input}.AAAA`);
  expect(JSON.stringify(response)).not.toContain(secret.replace(/=+$/, ''));
  expect(response?.body).toMatchObject({
    withheld: 'secret',
    text: expect.stringMatching(/^no: …/),
  });
});

test('an honest answer is written down as it is', () => {
  expect(transcribe('bad signature').response?.body).toEqual({ text: 'no: bad signature!' });
});
