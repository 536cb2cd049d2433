/** The blocks of docs/deduplication.md that fail: by the schedule and with the finding beside them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import pg from 'pg';
import { playSchedule, verifyReceiver } from '../../index.js';
import { key } from '../cli/receivers.js';
import { hasPostgres, startPostgres } from '../server/postgres.js';
import type { Server } from '../server/postgres.js';
import { breaks, nameOf, openRedis, receiverWith } from './deduplication/broken.js';
import { findProgram, freePort, startRedis } from './effects/programs.js';
import { readPage } from './pages.js';

const blocks = readPage('docs/deduplication.md').blocks;
const broken = blocks.filter(({ headings }) => headings[1]?.startsWith('What fails'));
const isThere = hasPostgres && findProgram('redis-server') !== undefined;
const PATIENCE_MS = 120_000;

/** What is said below a block: the rule and the schedule, the case, and the cause that it names. */
const saidOf = (title: string) => {
  const text = broken.find(
    ({ language, headings }) => language === 'text' && headings[2] === title,
  );
  const lines = text?.code.trim().split('\n') ?? [];
  const sentence = lines.find((line) => line.includes('→'));
  const [id, cause] = lines.find((line) => !line.includes('→'))?.split(': ') ?? [];
  return { sentence, id, cause };
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

const openDatabase = async (connectionString: string): Promise<pg.Pool> => {
  const db = new pg.Pool({ connectionString });
  db.on('error', () => undefined);
  await db.query(blocks.find(({ language }) => language === 'sql')?.code ?? '');
  return db;
};

const code = broken
  .filter(({ language }) => language === 'js')
  .map((block) => ({ code: block.code, title: block.headings[2] ?? '', name: nameOf(block.code) }));

describe.concurrent('the page says how it fails', { timeout: PATIENCE_MS }, () => {
  test.skipIf(!isThere).for(code)('$title, $name', async (block, { expect, onTestFinished }) => {
    if (postgres === undefined || redis === undefined) throw new Error('no servers');
    const { schedule, cases } = breaks[block.name] ?? {};
    const said = saidOf(block.title);
    const db = await openDatabase(await postgres.database());
    const client = openRedis(redis.url);
    onTestFinished(async () => {
      client.close();
      await db.end();
    });
    const sinkPort = await freePort();
    const sinkUrl = `http://127.0.0.1:${sinkPort}/`;
    const effects: string[] = [];
    const { fetch, controls } = receiverWith(block.code, { db, redis: client, sinkUrl, effects });
    const count = ({ id }: { readonly id: string }): number =>
      effects.filter((one) => one === id).length;
    const options = {
      ...{ key, sinkPort, controls, products: ['checks'], seed: 7 },
      // What is booked stays booked though the mail fails; the others have the mail alone.
      ...(block.name === 'markLast' ? { probe: count } : {}),
    };
    const salted = (salt: string) => ({ ...options, salt: `${block.name} ${salt}` });

    if (schedule !== undefined) {
      const { violations } = await playSchedule(fetch, schedule, { ...salted('played'), times: 3 });
      const sentences = violations.map((one) => `${one.invariant}: ${one.sentence}`);
      expect([...new Set(sentences)]).toEqual([said.sentence]);
    }
    if (cases !== undefined) {
      const only = cases.map((id) => `*/${id}`);
      const { findings, cases: judged } = await verifyReceiver(fetch, {
        ...salted('verified'),
        only,
      });
      const failed = judged.filter(({ verdict }) => verdict === 'failed');
      expect(failed.map(({ id }) => id)).toContain(said.id);
      if (said.cause !== undefined) {
        expect(findings.map(({ title }) => title)).toContain(said.cause);
      }
    }
  });
});

test('each block that fails has a schedule', () => {
  expect(code.map(({ name }) => name)).toEqual(Object.keys(breaks));
});
