/** Neither the key nor a whole token is in anything that a run leaves behind. */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportFormats } from '../../contracts/report/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import type { RunningReceiver } from '../../fixtures/receivers/reference/index.js';
import { hookproof } from './run.js';
import { validTokensIn } from '../verify/check.js';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';
const otherKey = 'Another-key/of+this=test';

const receivers = new Map<string, RunningReceiver>();
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hookproof-secrets-'));
  for (const name of ['right', 'accepts-alg-none']) {
    const change = mutants.find(({ id }) => id === name)?.change;
    const dataDirectory = join(folder, 'data', name);
    receivers.set(name, await startReceiver({ key, dataDirectory }, change));
  }
});

afterAll(async () => {
  for (const receiver of receivers.values()) await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

const formsOf = (secret: string): readonly string[] =>
  (['utf8', 'base64', 'base64url', 'hex'] as const).map((form) =>
    Buffer.from(secret).toString(form),
  );

interface Run {
  readonly what: string;
  readonly receiver: string;
  readonly code: number;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const only = ['--only', 'verification/alg-*,verification/key-*,response/*,idempotency/*copy'];

const runs: readonly Run[] = [
  { what: 'that passes', receiver: 'right', code: 0, args: ['--key', key, ...only] },
  { what: 'that fails', receiver: 'accepts-alg-none', code: 1, args: ['--key', key, ...only] },
  { what: 'that stops', receiver: 'right', code: 3, args: ['--key', otherKey, ...only] },
  {
    what: 'with the key in the environment',
    receiver: 'accepts-alg-none',
    code: 1,
    args: only,
    env: { HOOKPROOF_KEY: key },
  },
  { what: 'that is only planned', receiver: 'right', code: 0, args: ['--key', key, '--dry-run'] },
  {
    what: 'that is used wrongly',
    receiver: 'right',
    code: 2,
    args: ['--key', key, '--only', 'no-such-case'],
  },
];

/** Each run has a seed of its own: the receivers remember the events of the others. */
const seeded = runs.map((run, index) => ({ ...run, seed: 500 + index }));

describe.each(seeded)(
  'a run $what, seed $seed,',
  ({ what, receiver, code, args, env = {}, seed }) => {
    test('tells no secret', async () => {
      const { url, probeUrl } = receivers.get(receiver) ?? { url: '', probeUrl: '' };
      const reports = join(folder, what.replaceAll(' ', '-'));
      const files = reportFormats.flatMap((format) => [
        '--report',
        `${format}=${reports}.${format}`,
      ]);
      const finished = await hookproof(
        ['verify', url, '--probe', probeUrl, '--seed', String(seed), ...args, ...files],
        env,
      );
      expect(finished.code).toBe(code);
      const written = (await readdir(folder)).filter((name) =>
        join(folder, name).startsWith(reports),
      );
      expect(written).toHaveLength(
        code === 2 || args.includes('--dry-run') ? 0 : reportFormats.length,
      );
      const texts = await Promise.all(
        written.map(async (name) => readFile(join(folder, name), 'utf8')),
      );
      for (const text of [finished.stdout, finished.stderr, ...texts]) {
        for (const form of [...formsOf(key), ...formsOf(otherKey)]) {
          expect(text).not.toContain(form);
        }
        expect(validTokensIn(text, key)).toEqual([]);
      }
    });
  },
);

test('a password in the URL stays out of everything', async () => {
  const { url } = receivers.get('right') ?? { url: '' };
  const withPassword = url.replace('//', '//truora:a-password@');
  const args = ['verify', withPassword, '--key', key, '--only', 'V001'];
  for (const format of reportFormats) {
    const { stdout, stderr } = await hookproof([...args, '--report', format]);
    expect(stdout + stderr).not.toContain('a-password');
  }
});
