import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createBomb } from '../../contracts/transport/bomb.js';

test('a bomb is 50 MiB of zeros in 50 kB of gzip that hold to the last byte', () => {
  const bomb = createBomb();
  expect(bomb.length).toBeLessThan(64 * 1024);
  const inflated = gunzipSync(bomb);
  expect(inflated).toHaveLength(50 * 1024 * 1024);
  expect(inflated.every((byte) => byte === 0)).toBe(true);
});
