import { describe, expect, test } from 'vitest';
import { contractCases, planReceiver } from '../../contracts/index.js';
import type { RunResult, VerifyOptions } from '../../contracts/index.js';
import { validTokensIn } from '../verify/check.js';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f0a9b8c7d6';

const plan = async (options: Partial<VerifyOptions> = {}): Promise<RunResult> =>
  planReceiver('http://127.0.0.1:9/webhooks/truora', { key, seed: 1, ...options });

const digestsOf = ({ cases }: RunResult): readonly string[] =>
  cases.flatMap(({ attempts }) => attempts.map(({ bodyDigest }) => bodyDigest));

/** ES256 and PS256 signatures differ each time (RFC 7518 §3.4, §3.5): what stays is all the rest. */
const RANDOMISED = ['verification/es256', 'verification/ps256'];

const isSteady = ({ id }: { readonly id: string }): boolean =>
  !RANDOMISED.some((prefix) => id.startsWith(prefix));

/** What can be done only to a receiver that is there. */
const BEYOND_A_PLAN = new Set([
  'sink',
  'peer',
  'state',
  'restart',
  'clock',
  'poll',
  'rekey',
  'outage',
]);

/** Sends nothing where nothing broke before. */
const WHERE_BROKEN = 'idempotency/broken-then-acknowledged';

describe('a plan', () => {
  test.each([0, 4_294_967_295])('with seed %i is the same twice, digests and all', async (seed) => {
    const [first, second] = [await plan({ seed }), await plan({ seed })];
    expect(second.cases.filter(isSteady)).toEqual(first.cases.filter(isSteady));
    expect({ ...second, cases: [] }).toEqual({ ...first, cases: [] });
    expect(first.seed).toBe(seed);
  });

  test('with another seed has the same deliveries of other events', async () => {
    const [first, second] = [await plan({ seed: 1 }), await plan({ seed: 2 })];
    const deliveriesOf = ({ cases }: RunResult) =>
      cases.map(({ id, attempts }) => `${id}: ${attempts.length}`);
    expect(deliveriesOf(second)).toEqual(deliveriesOf(first));
    const before = new Set(digestsOf(first));
    const families = ['genuine-deliveries', 'alg-none', 'no-deduplication', 'batches'];
    const again = second.cases
      .filter(({ family }) => families.includes(family))
      .flatMap(({ attempts }) => attempts.filter(({ bodyDigest }) => before.has(bodyDigest)));
    expect(again).toEqual([]);
  });

  test('with another key has the same events under other signatures', async () => {
    const [first, second] = [await plan(), await plan({ key: `${key}0` })];
    const one = digestsOf(first);
    expect(digestsOf(second)).not.toEqual(one);
    expect(second.cases[0]?.attempts[0]?.bodyBytes).toBe(first.cases[0]?.attempts[0]?.bodyBytes);
  });

  test.each(['verification/alg-none', 'idempotency/batch-twice', 'response/burst-of-100'])(
    'of %s alone has the events of the whole',
    async (id) => {
      const sizesIn = ({ cases }: RunResult) =>
        cases
          .find((one) => one.id === id)
          ?.attempts.map(({ label, bodyBytes }) => `${label}: ${bodyBytes} B`);
      expect(sizesIn(await plan({ only: [id] }))).toEqual(sizesIn(await plan()));
    },
  );

  test('has deliveries for each case that sends', async () => {
    const { cases } = await plan();
    const idle = cases.filter(({ attempts }) => attempts.length === 0).map(({ id }) => id);
    const wanted = contractCases.filter(
      ({ id, kind, needs }) =>
        kind === 'reviews' || needs.some((need) => BEYOND_A_PLAN.has(need)) || id === WHERE_BROKEN,
    );
    expect(idle).toEqual(wanted.map(({ id }) => id));
  });

  test('is what a right receiver passes, as far as it goes', async () => {
    const { summary, problem, findings } = await plan();
    const graves = findings.filter(({ level }) => level === 'must');
    expect({ problem, graves, verdict: summary.verdict }).toEqual({
      problem: null,
      graves: [],
      verdict: 'passed',
    });
  });

  test.each([['id'], ['idempotency_key'], ['both']] as const)(
    'with the key in %s has deliveries of that kind',
    async (idempotencyKey) => {
      const { receiver, summary } = await plan({ idempotencyKey });
      expect(receiver.keyField).toBe(idempotencyKey);
      expect(summary.verdict).toBe('passed');
    },
  );

  test('tells no key and no token', async () => {
    const text = JSON.stringify(await plan());
    expect(text).not.toContain(key);
    expect(validTokensIn(text, key)).toEqual([]);
  });
});
