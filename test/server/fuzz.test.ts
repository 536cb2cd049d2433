import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openLab } from './api-lab.js';
import { createDocumented } from './documented.js';
import type { OpenApi } from './documented.js';
import { requestsOf } from './requests.js';
import type { Draft } from './requests.js';
import { learn, read, requestOf } from './send.js';
import type { Ids } from './send.js';

const RUNS = Number(process.env['HOOKPROOF_FUZZ_RUNS'] ?? 3000);
const SEED = Number(process.env['HOOKPROOF_FUZZ_SEED'] ?? 20_260_102);

/** More hooks would only multiply the work of each event. */
const HOOKS_MAX = 3;

test(`answers ${RUNS} requests, right and wrong, as documented (seed ${SEED})`, async () => {
  const { api, standIn, lines } = await openLab();
  const document = (await (await api.request('/openapi.json')).json()) as OpenApi;
  const differenceOf = createDocumented(document);
  const ids: Ids = new Map();
  const statuses = new Map<number, number>();
  const succeeded = new Set<string>();

  const subscribe = async () => [
    await standIn.hooks.create({
      eventType: 'all',
      subscriberType: 'web',
      subscriberUrl: 'http://localhost:3000/hook',
    }),
    await standIn.hooks.create({
      eventType: 'all',
      subscriberType: 'email',
      subscriberAddress: 'ana@example.com',
    }),
  ];

  /** Receivers are played by faults; hooks beyond a few go again. */
  const tend = async (): Promise<void> => {
    const found = await standIn.hooks.list();
    const rows = found.rows.length > 1 ? found.rows : [...found.rows, ...(await subscribe())];
    for (const { id } of rows.slice(0, -HOOKS_MAX)) await standIn.hooks.remove(id);
    for (const [index, { id, fault }] of rows.slice(-HOOKS_MAX).entries()) {
      if (fault !== null) continue;
      const outcome = { kind: 'status', status: index % 2 === 0 ? 200 : 503 } as const;
      await standIn.hooks.setFault(id, { outcome, times: null });
    }
    const mails = await standIn.mails.list({ limit: 3 });
    ids.set(
      'mail',
      mails.rows.map(({ id }) => id),
    );
    ids.set(
      'HOK',
      rows.slice(-HOOKS_MAX).map(({ id }) => id),
    );
  };

  const ask = async (draft: Draft): Promise<void> => {
    const answer = await read(await api.fetch(requestOf(draft, ids)));
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    if (answer.status >= 500) throw new Error(lines.at(-1));
    if (draft.path === undefined) {
      expect([400, 401, 403, 404, 405, 421]).toContain(answer.status);
      return;
    }
    if (draft.path.endsWith('/changes') && answer.status === 200 && draft.method === 'GET') {
      expect(answer.body).toBe(': watching\n\n');
    }
    expect(differenceOf(draft.path, draft.method, answer)).toBeUndefined();
    if (answer.status < 300) {
      succeeded.add(`${draft.method} ${draft.path}`);
      learn(answer.body, ids);
      const isTold = answer.status === 201 || (draft.method === 'DELETE' && answer.status === 204);
      if (isTold) await tend();
    }
  };

  try {
    await tend();
    await fc.assert(fc.asyncProperty(requestsOf(document), ask), {
      numRuns: RUNS,
      seed: SEED,
      endOnFailure: true,
    });
  } finally {
    await standIn.close();
  }
  // A fuzz whose requests are all refused proves nothing.
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(operations.filter((operation) => !succeeded.has(operation))).toEqual([]);
  expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 405, 415]));
  expect(statuses.get(200)).toBeGreaterThan(RUNS / 5);
}, 300_000);
