/** The blocks of docs/deduplication.md that hold, in each language, against the contract's cases. */
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import pg from 'pg';
import { createVerify, strictSteps } from '../../fixtures/receivers/reference/verify.js';
import { resourceIdOf, verifyReceiver } from '../../index.js';
import { key } from '../cli/receivers.js';
import { createFolder } from '../cli/run.js';
import { hasPostgres, startPostgres } from '../server/postgres.js';
import type { Server } from '../server/postgres.js';
import { languages } from './deduplication/programs.js';
import { findProgram, freePort, startRedis } from './effects/programs.js';
import { readPage } from './pages.js';

const blocks = readPage('docs/deduplication.md').blocks;
const holding = blocks.filter(({ headings }) => !headings[1]?.startsWith('What fails'));
const isThere = hasPostgres && findProgram('redis-server') !== undefined;
const PATIENCE_MS = 120_000;

/** What the patterns that fail break, in as few deliveries as possible. */
const CASES = [
  'identical-copy',
  'copy-signed-again',
  'concurrent-10-copies',
  'two-events-of-one-resource',
  'batch-with-itself-twice',
  'effect-fails-once',
  'copy-during-effect',
  'copy-before-a-failure',
];

const patterns = [
  { path: 'once', title: 'One transaction', effects: 'rows' },
  { path: 'claim', title: 'A claim with a lease', effects: 'calls' },
  { path: 'redis', title: 'A claim in Redis', effects: 'calls' },
  { path: 'queue', title: 'Queue first', effects: 'rows' },
  { path: 'newest', title: 'The newest wins', effects: 'rows' },
] as const;

const verify = createVerify(strictSteps);

/** Verifies a delivery and hands each of its events to a program. */
const receiverOn =
  (url: string) =>
  async (request: Request): Promise<Response> => {
    let events: readonly { readonly event_type: string }[];
    try {
      const claims = verify(await request.text(), key, Date.now() / 1000);
      ({ events } = claims as { readonly events: typeof events });
    } catch {
      return new Response('', { status: 401 });
    }
    let status = 200;
    for (const event of events) {
      // A receiver of checks acknowledges what it does not handle.
      if (event.event_type !== 'check') continue;
      const answer = await fetch(url, { method: 'POST', body: JSON.stringify(event) });
      if (answer.status !== 200) ({ status } = answer);
    }
    return new Response('', { status });
  };

let postgres: Server | undefined;
let redis: Awaited<ReturnType<typeof startRedis>> | undefined;

beforeAll(async () => {
  if (!isThere) return;
  postgres = await startPostgres();
  redis = await startRedis();
}, PATIENCE_MS);

afterAll(async () => {
  await redis?.stop();
  await postgres?.stop();
}, PATIENCE_MS);

const openDatabase = async (databaseUrl: string): Promise<pg.Pool> => {
  const db = new pg.Pool({ connectionString: databaseUrl });
  db.on('error', () => undefined);
  const schema = blocks.find(({ language }) => language === 'sql')?.code ?? '';
  await db.query(`${schema}; CREATE TABLE effects (id text)`);
  return db;
};

describe.each(languages)('in $name', ({ info, missing, start }) => {
  const reason = isThere ? missing() : 'PostgreSQL or redis-server is not installed';

  test.skipIf(reason !== undefined)(
    `every pattern holds${reason === undefined ? '' : ` (${reason})`}`,
    { timeout: PATIENCE_MS },
    async () => {
      if (postgres === undefined || redis === undefined) throw new Error('no servers');
      const databaseUrl = await postgres.database();
      const db = await openDatabase(databaseUrl);
      onTestFinished(async () => db.end());
      const program = await start(await createFolder(), { databaseUrl, redisUrl: redis.url });
      onTestFinished(program.close);
      const { origin } = new URL(program.url);
      const countRows = async ({ id }: { readonly id: string }): Promise<number> =>
        (await db.query('SELECT 1 FROM effects WHERE id = $1', [id])).rows.length;
      const stateOf = async (event: Parameters<typeof resourceIdOf>[0]): Promise<unknown> =>
        (await db.query('SELECT status FROM checks WHERE id = $1', [resourceIdOf(event)])).rows[0];

      const judge = async ({ path, effects }: (typeof patterns)[number]) => {
        const sinkPort = await freePort();
        const sink = encodeURIComponent(`http://127.0.0.1:${sinkPort}/`);
        const state = path === 'newest' ? { state: stateOf } : {};
        const cases = path === 'newest' ? [...CASES, 'late-created'] : CASES;
        const { summary, cases: judged } = await verifyReceiver(
          receiverOn(`${origin}/${path}?sink=${sink}`),
          {
            ...{ key, sinkPort, products: ['checks'], seed: 7, salt: `${info} ${path}` },
            ...(effects === 'rows' ? { probe: countRows } : {}),
            ...state,
            probeSettleMs: path === 'queue' ? 4000 : 1000,
            only: cases.map((id) => `idempotency/${id}`),
          },
        );
        const failed = judged.filter(({ verdict }) => verdict !== 'passed');
        return { path, verdict: summary.verdict, passed: judged.length - failed.length, failed };
      };
      const results = await Promise.all(patterns.map(judge));
      expect(results).toEqual(
        patterns.map(({ path }) => ({
          ...{ path, verdict: 'passed', failed: [] },
          passed: CASES.length + (path === 'newest' ? 1 : 0),
        })),
      );
    },
  );
});

test('each pattern has one block in each language', () => {
  const shown = holding.flatMap(({ headings: [, title, language] }) =>
    language === undefined ? [] : [`${title ?? ''}: ${language}`],
  );
  expect(shown).toEqual(
    patterns.flatMap(({ title }) => languages.map(({ name }) => `${title}: ${name}`)),
  );
});
