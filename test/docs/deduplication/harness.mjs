/** Serves the blocks of docs/deduplication.md: POST /<pattern>?sink=<url>, the body is one event. */
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import pg from 'pg';

const blocks = await import(process.argv[2] ?? '');
const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 32 });
const queue = { sink: '' };

/** One connection that speaks Redis' protocol: words out; a line, a text or null back. */
const openRedis = () => {
  const socket = connect(Number(new URL(process.env['REDIS_URL'] ?? '').port), '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const line = async () => String((await lines.next()).value);
  return {
    close: () => socket.destroy(),
    sendCommand: async (/** @type {readonly string[]} */ words) => {
      const parts = words.map((word) => `$${word.length}\r\n${word}\r\n`);
      socket.write(`*${words.length}\r\n${parts.join('')}`);
      const first = await line();
      if (first.startsWith('-')) throw new Error(first);
      if (first === '$-1') return null;
      return first.startsWith('$') ? line() : first.slice(1);
    },
  };
};

const call = async (sink, event) => {
  if (sink === '') return;
  const { ok, status } = await fetch(sink, { method: 'POST', body: event.id });
  if (!ok) throw new Error(`the sink answered ${status}`);
};

const record = (sink, also) => async (db, event) => {
  await also?.(db, event);
  await db.query('INSERT INTO effects (id) VALUES ($1)', [event.id]);
  await call(sink, event);
};

const handle = async (pattern, sink, event) => {
  const outside = async (one) => call(sink, one);
  if (pattern === 'redis') {
    const redis = openRedis();
    return blocks.claimInRedis(redis, event, outside).finally(redis.close);
  }
  const db = await pool.connect();
  try {
    if (pattern === 'claim') return await blocks.claimAndApply(db, event, outside);
    if (pattern === 'queue') {
      queue.sink = sink;
      await blocks.enqueue(db, event);
    } else {
      const also = pattern === 'newest' ? blocks.keepNewest : undefined;
      await blocks.applyOnce(db, event, record(sink, also));
    }
    return 200;
  } finally {
    db.release();
  }
};

const work = async () => {
  const db = await pool.connect();
  for (;;) {
    const worked = await blocks.workOnce(db, async (one, event) => record(queue.sink)(one, event));
    if (!worked) await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
  void text(request)
    .then((body) => handle(pathname.slice(1), searchParams.get('sink') ?? '', JSON.parse(body)))
    .catch(() => 500)
    .then((status) => response.writeHead(status).end());
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${JSON.stringify({ port: server.address()?.port })}\n`);
});
void work();
process.stdin.resume().once('end', () => process.exit(0));
