import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { defineContract } from '../../contracts/index.js';
import type { ContractOptions, Target } from '../../contracts/index.js';
import { stillClock } from '../verify/check.js';
import { createReceiver, key } from '../verify/receiver.js';
import type { Behaviour } from '../verify/receiver.js';

interface Defined {
  readonly name: string;
  readonly body: (context?: unknown) => Promise<void>;
}

/** A framework that only remembers what was defined. */
const define = (target: Target, options: ContractOptions) => {
  const path: string[] = [];
  const tests: Defined[] = [];
  defineContract({
    describe: (name, body) => {
      path.push(name);
      body();
      path.pop();
    },
    test: (name, body) => tests.push({ name: [...path, name].join(' > '), body }),
  })(target, options);
  return tests;
};

const contractOf = (change: Partial<Behaviour>, options: Partial<ContractOptions> = {}) => {
  const clock = stillClock();
  const receiver = createReceiver({ nowMs: clock.nowMs, ...change });
  return define(receiver.handle, { key, clock, probe: receiver.count, seed: 1, ...options });
};

describe('the tests of a contract', () => {
  test('are one for each case, in groups by suite', () => {
    const names = contractOf({}).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(340);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContainEqual(
      expect.stringMatching(/^receiver contract > verification > verification\/alg-none: refuses/u),
    );
  });

  test('fail with what to do, and skip what cannot be seen', async () => {
    const only = ['idempotency/identical-copy', '*/restart*', 'verification/alg-none'];
    const outcomes: Record<string, string> = {};
    for (const { name, body } of contractOf({ remembers: () => false }, { only })) {
      const id = name.split(' > ')[2]?.split(':')[0] ?? '';
      const skip = (reason: string): void => {
        outcomes[id] = `skipped: ${reason}`;
      };
      outcomes[id] = 'passed';
      await body({ skip }).catch((error: Error) => {
        outcomes[id] = error.message;
      });
    }
    expect(outcomes['idempotency/identical-copy']).toMatch(
      /Actual: applied 2 times\nRule: [^]*\nWhy: [^]*\nFix: [^]*\nAgain: /u,
    );
    expect(outcomes['verification/alg-none']).toBe('passed');
    expect(Object.values(outcomes)).toContainEqual(expect.stringMatching(/^skipped: /u));
  });

  test('all fail where the receiver is not there', async () => {
    const [first] = define('http://127.0.0.1:9/hook', { key, only: ['verification/alg-none'] });
    await expect(first!.body()).rejects.toThrow(/127\.0\.0\.1|nobody|refused/u);
  });

  test('are refused for a choice that fits no case', () => {
    expect(() => contractOf({}, { only: ['verification/alg-noen'] })).toThrow(
      /did you mean|no case/u,
    );
  });
});

test('node:test runs them', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hookproof-node-test-'));
  const file = join(folder, 'contract.test.mjs');
  const library = new URL('../../dist/index.js', import.meta.url).href;
  await writeFile(
    file,
    `import { describe, test } from 'node:test';
     import { defineContract } from '${library}';
     const handle = async () => new Response('no', { status: 400 });
     defineContract({ describe, test })(handle, { key: 'k', only: ['verification/alg-none', 'verification/canonical-token'] });`,
  );
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--test', '--test-reporter=tap', file],
    { env: { ...process.env, NODE_TEST_CONTEXT: undefined, NODE_OPTIONS: undefined } },
  ).catch((error: { readonly stdout: string }) => error);
  await rm(folder, { recursive: true, force: true });
  expect(stdout).toMatch(/not ok \d+ - verification\/canonical-token/u);
  expect(stdout).toContain('# tests 2');
});
