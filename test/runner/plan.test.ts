import { describe, expect, test } from 'vitest';
import { contractCases, planReceiver } from '../../contracts/index.js';
import type { RunResult, VerifyOptions } from '../../contracts/index.js';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f0';

const plan = async (options: Partial<VerifyOptions> = {}): Promise<RunResult> =>
  planReceiver('http://127.0.0.1:9/webhooks/truora', { key, seed: 1, ...options });

const digestsOf = ({ cases }: RunResult): readonly string[] =>
  cases.flatMap(({ attempts }) => attempts.map(({ bodyDigest }) => bodyDigest));

describe('a plan', () => {
  test.each([0, 1, 4_294_967_295])('with seed %i is the same twice, digests and all', async (seed) => {
    const [first, second] = [await plan({ seed }), await plan({ seed })];
    expect(second).toEqual(first);
    expect(first.seed).toBe(seed);
  });

  test('with another seed is another', async () => {
    const [first, second] = [await plan({ seed: 1 }), await plan({ seed: 2 })];
    const shared = new Set(digestsOf(first));
    const same = second.cases.filter(({ attempts }) =>
      attempts.some(({ bodyDigest, bodyBytes }) => bodyBytes > 600 && shared.has(bodyDigest)),
    );
    // Bodies that hold no event are the same whatever the seed.
    expect(same.map(({ id }) => id)).toEqual([
      'verification/hundred-thousand-dots',
      'transport/huge-bodies',
      'transport/request-after-a-refused-body',
    ].toSorted((a, b) => order(a) - order(b)));
    expect(second.cases.map(({ attempts }) => attempts.map(({ label }) => label))).toEqual(
      first.cases.map(({ attempts }) => attempts.map(({ label }) => label)),
    );
  });

  test('with another key has the same events under other signatures', async () => {
    const [first, second] = [await plan(), await plan({ key: `${key}0` })];
    const one = digestsOf(first);
    expect(digestsOf(second)).not.toEqual(one);
    expect(second.cases[0]?.attempts[0]?.bodyBytes).toBe(first.cases[0]?.attempts[0]?.bodyBytes);
  });

  test('of one case is that case’s part of the whole', async () => {
    const whole = await plan();
    for (const id of ['verification/alg-none', 'idempotency/batch-twice', 'response/burst-of-100']) {
      const [alone] = (await plan({ only: [id] })).cases;
      expect(alone).toEqual({
        ...whole.cases.find((one) => one.id === id),
        reproduce: alone?.reproduce,
        durationMs: alone?.durationMs,
      });
    }
  });

  test('has deliveries for each case that sends', async () => {
    const { cases } = await plan();
    const idle = cases.filter(({ attempts }) => attempts.length === 0).map(({ id }) => id);
    const wanted = contractCases.filter(
      ({ kind, needs }) => kind === 'reviews' || needs.includes('sink'),
    );
    expect(idle).toEqual(wanted.map(({ id }) => id));
  });

  test('is what a right receiver passes, as far as it goes', async () => {
    const { summary, problem, findings } = await plan();
    expect({ problem, findings, verdict: summary.verdict }).toEqual({
      problem: null,
      findings: [],
      verdict: 'passed',
    });
  });

  test.each([['id'], ['idempotency_key'], ['both']] as const)(
    'with the key in %s has deliveries of that kind',
    async (idempotencyKey) => {
      const { receiver, summary } = await plan({ idempotencyKey });
      expect(receiver.keyField).toBe(idempotencyKey);
      expect(summary.failed).toBe(0);
    },
  );

  test('tells no key and no token', async () => {
    const text = JSON.stringify(await plan());
    expect(text).not.toContain(key);
    expect(text).not.toContain('eyJ');
  });
});

const order = (id: string): number => contractCases.findIndex((one) => one.id === id);
