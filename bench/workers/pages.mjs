// Pages of the API over a store that is full: the first, a deep one, found by search, by state, Truora's own.
import { performance } from 'node:perf_hooks';
import pg from 'pg';
import { judge, progress } from '../measure.mjs';
import { startServe } from './cluster.mjs';

const GOAL_MS = 50;
const ASKED = 200;

/** Copies one real event so many times, each with ids and an instant of its own. */
const fill = async (url, count) => {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(
    `INSERT INTO hookproof.events (id, idempotency_key, product, name, event_type, event_action,
       resource_id, version, timestamp, object, created_ms, updated_ms, delivery_status)
     SELECT 'HKE' || encode(sha256(n::text::bytea), 'hex')::char(40),
       'HIK' || encode(sha256((-n)::text::bytea), 'hex')::char(40), product, name, event_type,
       event_action, 'CHK' || md5(n::text), version, timestamp, object,
       created_ms - ($1::bigint - n) * 5000, updated_ms,
       CASE WHEN n % 50 = 0 THEN 'failure' ELSE 'success' END
     FROM hookproof.events, generate_series(1, $1::bigint) AS n
     ORDER BY n`,
    [count],
  );
  await client.query('VACUUM ANALYZE hookproof.events');
  await client.end();
};

export const section = async ({ postgres, quick }) => {
  const count = quick ? 100_000 : 1_000_000;
  const serve = await startServe(['--concurrency', '0', '--log-level', 'error'], {
    DATABASE_URL: postgres.url,
  });
  try {
    const [event] = (await serve.ask('/emit', { event: 'checks.created' })).events;
    progress(`pages: writing ${count} events`);
    await fill(postgres.url, count);
    progress('');
    const deep = async (path) => {
      let next = '';
      for (let page = 0; page < 20 && next !== null; page++) {
        ({ next } = await serve.ask(`${path}&limit=1000${next && `&startKey=${next}`}`));
      }
      return `${path}&startKey=${next}`;
    };
    const asked = {
      'the first page': '/_hookproof/events?limit=100',
      'after 20,000 rows': `/_hookproof${await deep('/events?x')}`.replace('?x&', '?'),
      'failures only': '/_hookproof/events?status=failure',
      'search by an id': `/_hookproof/events?search=${event.id}`,
      'search by a beginning': '/_hookproof/events?search=CHK00',
      'search by a part that is nowhere': '/_hookproof/events?search=zzzz',
      "Truora's first page": '/v1/hooks/events',
      'one event': `/_hookproof/events/${event.id}`,
      state: '/_hookproof/state',
    };
    console.log(`\n${count + 1} events stored, ${ASKED} questions each, one after the other`);
    for (const [what, path] of Object.entries(asked)) {
      const tookMs = [];
      for (let question = 0; question < ASKED; question++) {
        const startMs = performance.now();
        await serve.read(path);
        tookMs.push(performance.now() - startMs);
        if (question > 4 && performance.now() - startMs > 2000) break;
      }
      const sorted = tookMs.toSorted((one, other) => one - other);
      judge(`${what}, p95`, sorted[Math.floor(sorted.length * 0.95)], '<=', GOAL_MS, 'ms');
    }
  } finally {
    await serve.end();
  }
};
