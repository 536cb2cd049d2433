/** The blocks of docs/deduplication.md that fail, as receivers in this process. */
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { runInThisContext } from 'node:vm';
import type pg from 'pg';
import { createVerify, strictSteps } from '../../../fixtures/receivers/reference/verify.js';
import type { Schedule } from '../../../index.js';
import { key } from '../../cli/receivers.js';

interface Event {
  readonly id: string;
  readonly event_type: string;
}

type Block = (...values: readonly unknown[]) => Promise<unknown>;

/** What the blocks are given, by the names of their parameters. */
interface Given {
  readonly db: pg.PoolClient | undefined;
  readonly redis: unknown;
  readonly event: Event;
  readonly effect: (event: Event) => Promise<void>;
  readonly token: string;
  readonly iat: number;
}

const deliver = { do: 'deliver', event: 'A' } as const;
const copy = { do: 'copy', event: 'A' } as const;
const one: Schedule['events'] = { A: {} };
const failing: Schedule = { events: one, commands: [{ do: 'fail-next', event: 'A' }, deliver] };
const again: Schedule = { events: one, commands: [deliver, { do: 'resign', event: 'A' }] };

/**
 * The schedule that breaks each, as `hookproof fuzz` finds it, and cases that show the same. A copy
 * after thousands of others takes a busy machine too long, and among hashes chance decides.
 */
export const breaks: Readonly<
  Record<string, { readonly schedule?: Schedule; readonly cases?: readonly string[] }>
> = {
  lookFirst: {
    schedule: { events: one, commands: [{ do: 'concurrent', events: ['A', 'A'] }] },
    cases: ['identical-copy', 'copy-signed-again', 'concurrent-2-copies', 'concurrent-10-copies'],
  },
  markFirst: {
    schedule: failing,
    cases: ['effect-fails-once', 'effect-fails-five-times', 'copy-before-a-failure'],
  },
  keepInRedis: {
    schedule: failing,
    cases: ['effect-fails-once', 'effect-fails-five-times', 'copy-before-a-failure'],
  },
  markLast: { schedule: failing, cases: ['effect-fails-once'] },
  byResource: {
    schedule: {
      events: {
        A: { pair: 'checks.created' },
        B: { pair: 'checks.finished', like: { event: 'A', how: 'same-resource' } },
      },
      commands: [deliver, { do: 'deliver', event: 'B' }],
    },
    cases: ['two-events-of-one-resource', 'same-action-of-one-resource-twice'],
  },
  byToken: { schedule: again, cases: ['identical-copy', 'copy-signed-again'] },
  byIat: { schedule: again, cases: ['identical-copy', 'copy-signed-again'] },
  inMemory: {
    schedule: { events: one, commands: [deliver, { do: 'restart' }, copy] },
    cases: ['identical-copy', 'copy-after-restart'],
  },
  forgetSoon: {
    schedule: { events: one, commands: [deliver, { do: 'advance', minutes: 170 }, copy] },
    cases: ['identical-copy', 'copies-on-schedule'],
  },
  lastThousand: {
    schedule: { events: one, commands: [deliver, { do: 'many', events: 1200 }, copy] },
  },
  byShortHash: { cases: ['batch-of-many'] },
};

/** The parameters of a block, in their order. */
const parametersOf = (code: string): readonly (keyof Given)[] =>
  (/^async function \w+\((.*)\)/m.exec(code)?.[1] ?? '').split(', ') as (keyof Given)[];

export const nameOf = (code: string): string => /^async function (\w+)/m.exec(code)?.[1] ?? '';

const verify = createVerify(strictSteps);

/** A client of Redis with the one method that the block uses, on a connection of its own. */
export const openRedis = (url: string) => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  let last: Promise<unknown> = Promise.resolve();
  const ask = async (words: readonly string[]): Promise<string | null> => {
    const parts = words.map((word) => `$${word.length}\r\n${word}\r\n`);
    socket.write(`*${words.length}\r\n${parts.join('')}`);
    const line = String((await lines.next()).value);
    return line === '$-1' ? null : line.slice(1);
  };
  return {
    sendCommand: async (words: readonly string[]): Promise<string | null> => {
      const answer = last.then(async () => ask(words));
      last = answer;
      return answer;
    },
    close: () => void socket.destroy(),
  };
};

/** A receiver around a block. */
export const receiverWith = (
  code: string,
  setup: {
    readonly db: pg.Pool;
    readonly redis: unknown;
    readonly sinkUrl: string;
    /** The effects that happened, by their events. */
    readonly effects: string[];
  },
) => {
  let shiftMs = 0;
  const load = (): Block =>
    (
      runInThisContext(`(function (createHash, now) {${code}\nreturn ${nameOf(code)};})`) as (
        ...values: readonly unknown[]
      ) => Block
    )(createHash, () => Date.now() + shiftMs);
  let block = load();
  const effect = async ({ id }: Event): Promise<void> => {
    setup.effects.push(id);
    const { ok } = await fetch(setup.sinkUrl, { method: 'POST', body: id });
    if (!ok) throw new Error('the mail was refused');
  };
  const call = async (event: Event, token: string, iat: number): Promise<void> => {
    const names = parametersOf(code);
    const db = names.includes('db') ? await setup.db.connect() : undefined;
    const given: Given = { db, redis: setup.redis, event, effect, token, iat };
    try {
      await block(...names.map((name) => given[name]));
    } finally {
      db?.release();
    }
  };
  return {
    fetch: async (request: Request): Promise<Response> => {
      const token = await request.text();
      let status = 200;
      let claims: { readonly events: readonly Event[]; readonly iat: number };
      try {
        claims = verify(token, key, Date.now() / 1000) as typeof claims;
      } catch {
        return new Response('', { status: 401 });
      }
      for (const event of claims.events) {
        if (event.event_type !== 'check') continue;
        await call(event, token, claims.iat).catch(() => (status = 500));
      }
      return new Response('', { status });
    },
    controls: {
      restart: async (): Promise<void> => {
        block = load();
      },
      clock: async (nowMs: number | undefined): Promise<void> => {
        shiftMs = nowMs === undefined ? 0 : nowMs - Date.now();
      },
    },
  };
};
