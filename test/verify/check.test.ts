import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { validTokensIn } from './check.js';

test('a valid token is found wherever it stands in a JSON text', () => {
  const input = 'eyJhIjoxfQ.eyJiIjoyfQ';
  const sign = (key: string): string =>
    `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
  const token = sign('key');
  const text = JSON.stringify([`line\n${token}`, `"${token}"`, `Bearer ${token}`, sign('other')]);
  expect(validTokensIn(text, 'key')).toEqual([token, token, token]);
});
