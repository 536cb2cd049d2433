/** What the whole stand-in goes by, kept beside the rest. */
import { type DeliveryPolicy, createPolicy } from '../../core/policy.js';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';
import { type Seal, checkSeal } from './seal.js';
import type { Query, Store } from './store.js';

interface SettingsRow {
  readonly clock: 'real' | 'test';
  readonly clock_ms: number | null;
  readonly proof: string | null;
}

/**
 * Takes up what an earlier process left, or begins.
 *
 * @returns where a test clock stands, in milliseconds
 * @throws {HookproofError} `invalid_argument` when the store goes by another kind of clock, or its
 *   keys lie under another secret
 */
export const takeUpSettings = async (
  store: Store,
  options: {
    readonly policy: DeliveryPolicy;
    readonly clock: 'real' | 'test';
    readonly seal: Seal;
    readonly nowMs: number;
  },
): Promise<number> =>
  store.transaction(async (query) => {
    const { policy, clock, seal, nowMs } = options;
    const clockMs = clock === 'test' ? nowMs : null;
    await query(
      `INSERT INTO hookproof.settings (policy, clock, clock_ms, proof) VALUES ($1, $2, $3, $4)
       ON CONFLICT (one) DO NOTHING`,
      [JSON.stringify(policy), clock, clockMs, seal.proof()],
    );
    const [row] = await query<SettingsRow>(
      'SELECT clock, clock_ms, proof FROM hookproof.settings FOR UPDATE',
    );
    if (row === undefined) throw new Error('settings are there once they were put there');
    checkSeal(seal, row.proof);
    if (row.clock !== clock) {
      throw new HookproofError(
        'invalid_argument',
        row.clock === 'test'
          ? say`this store goes by a test clock`
          : say`this store goes by the real clock`,
        say`use --clock ${row.clock}, or begin with a store of its own`,
      );
    }
    await query('UPDATE hookproof.settings SET policy = $1', [JSON.stringify(policy)]);
    return row.clock_ms ?? nowMs;
  });

/**
 * The policy that the stand-in was last opened with.
 *
 * @throws {HookproofError} `invalid_argument` where none has been opened yet
 */
export const policyOf = async ({ query }: Store): Promise<DeliveryPolicy> => {
  const [row] = await query<{ policy: DeliveryPolicy }>('SELECT policy FROM hookproof.settings');
  if (row !== undefined) return createPolicy(row.policy);
  throw new HookproofError(
    'invalid_argument',
    say`nothing is in this database yet`,
    say`start hookproof serve on it first`,
  );
};

/** Keeps where a test clock stands. */
export const keepClock = async (query: Query, nowMs: number): Promise<void> => {
  await query('UPDATE hookproof.settings SET clock_ms = $1', [nowMs]);
};

/** Numbers what is drawn, so that no restart draws it again. */
export const nextDraw = async (query: Query): Promise<number> => {
  const [row] = await query<{ draw: number }>(`SELECT nextval('hookproof.draws') AS draw`);
  return Number(row?.draw);
};
