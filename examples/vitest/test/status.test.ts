import fc from 'fast-check';
import { eventOf } from 'hookproof/fast-check';
import { mockTruora } from 'hookproof/msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { statusOfCheck } from '../src/status.js';

const truora = mockTruora();
const server = setupServer(...truora.handlers);

beforeAll(() => server.listen());
afterEach(() => truora.reset());
afterAll(() => server.close());

test('the state of a check is what Truora tells, in spite of a failure', async () => {
  const [finished] = fc.sample(eventOf('checks.finished'), 1);
  truora.know(finished!);
  truora.failNext({ status: 503 }, { network: true });
  expect(await statusOfCheck(String(finished!.object['check_id']))).toBe(
    finished!.object['status'],
  );
  expect(truora.asked()).toHaveLength(3);
});
