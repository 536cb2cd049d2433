import { createHmac } from 'node:crypto';
import type { DeliveryRequest, Exchange, RawSender, Transport } from '../../simulator/index.js';
import type { Probe } from '../probe/probe.js';
import { createStillClock } from './clock.js';
import type { RunResult } from './result.js';
import { runContract } from './run.js';
import type { RunOptions } from './run.js';

/** When a planned run happens; a plan is the same on every day. */
const PLANNED_AT_MS = Date.parse('2026-01-02T03:04:05Z');

const exchange = (status: number): Exchange => ({
  outcome: { kind: 'response', status, redirects: 0 },
  headers: {},
  body: new Uint8Array(),
  latencyMs: 0,
});

interface Claims {
  readonly events: readonly { readonly id?: string; readonly idempotency_key?: string }[];
}

/** A right receiver in memory: takes what is signed with the key, and remembers what it took. */
const createStandIn = (key: string) => {
  const known = new Set<string>();
  const receive = ({ body }: Pick<DeliveryRequest, 'body'>): Exchange => {
    const [header = '', payload = '', mac = ''] = Buffer.from(body).toString('utf8').split('.');
    const right = createHmac('sha256', key).update(`${header}.${payload}`).digest('base64url');
    if (mac !== right) return exchange(401);
    try {
      const { events } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
      for (const { id, idempotency_key: other } of events) known.add(id ?? other ?? '');
      return exchange(200);
    } catch {
      return exchange(400);
    }
  };
  const transport: Transport = {
    send: async (request) => receive(request),
    sendInSequence: async (requests) => requests.map(receive),
  };
  const raw: RawSender = {
    write: async ({ chunks }) => receive({ body: chunks.at(-1) ?? new Uint8Array() }),
    race: async (requests) => requests.map(receive),
    pipeline: async (requests) => requests.map(receive),
    drip: async () => ({ cut: () => undefined }),
  };
  const probe: Probe = {
    name: 'the plan',
    ask: async ({ keys }) => {
      const effects = keys.some((one) => known.has(one)) ? 1 : 0;
      return { effects, text: String(effects) };
    },
  };
  return { transport, raw, probe };
};

/** What a run would send to a right receiver, without sending it. */
export const planContract = async (options: RunOptions): Promise<RunResult> =>
  runContract({
    ...options,
    ...createStandIn(options.key),
    // Nothing is done to a receiver that is not there; cases that need it are left out of the plan.
    controls: {},
    sink: undefined,
    api: undefined,
    canary: { urlOf: (path) => `http://127.0.0.1:9${path}`, hits: () => 0, serve: () => undefined },
    clock: createStillClock(PLANNED_AT_MS),
  });
