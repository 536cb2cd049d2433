import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { har } from 'har-validator';
import { beforeAll, describe, expect, test } from 'vitest';
import { verifyReceiver } from '../../contracts/index.js';
import type { RunResult, VerifyOptions } from '../../contracts/index.js';
import { loadReporter, reportFormats } from '../../contracts/report/index.js';
import { mutants } from '../../fixtures/receivers/mutants/index.js';
import { startReceiver } from '../../fixtures/receivers/reference/index.js';
import { parserMissing, parseXml } from './xml.js';

const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const only = ['verification/alg-*', 'idempotency/*-copy', 'idempotency/batch-*', 'response/*'];

const run = async (
  options: Partial<VerifyOptions> & { readonly mutant?: string; readonly probed?: boolean },
): Promise<RunResult> => {
  const { mutant, probed = true, ...rest } = options;
  const dataDirectory = await mkdtemp(join(tmpdir(), 'report-'));
  const change = mutants.find(({ id }) => id === mutant)?.change;
  const receiver = await startReceiver({ key, dataDirectory }, change);
  try {
    const probe = probed ? { probe: { url: receiver.probeUrl } } : {};
    return await verifyReceiver(receiver.url, { key, seed: 7, only, ...probe, ...rest });
  } finally {
    await receiver.close();
    await rm(dataDirectory, { recursive: true, force: true });
  }
};

const macsOf = (input: string): readonly string[] =>
  [key, 'another key, which is not the receiver’s'].flatMap((one) =>
    ['sha256', 'sha384', 'sha512'].map((digest) =>
      createHmac(digest, one).update(input).digest('base64url'),
    ),
  );

const withoutTranscripts = (result: RunResult) => ({
  ...result,
  cases: result.cases.map((one) => ({
    ...one,
    attempts: one.attempts.map(({ transcript: _transcript, ...attempt }) => attempt),
  })),
});

const names = ['failing', 'passing', 'unprobed', 'stopped'] as const;
const results = new Map<string, RunResult>();

beforeAll(async () => {
  results.set('failing', await run({ mutant: 'accepts-alg-none', strict: true }));
  results.set('passing', await run({}));
  results.set('unprobed', await run({ probed: false }));
  results.set('stopped', await run({ key: 'another key, which is not the receiver’s' }));
}, 120_000);

const resultOf = (name: string): RunResult => {
  const result = results.get(name);
  if (result === undefined) throw new Error(`no run is named ${name}`);
  return result;
};

test('the runs are what their names say', () => {
  expect(resultOf('failing').findings.length).toBeGreaterThan(0);
  expect(resultOf('passing').summary.verdict).toBe('passed');
  expect(resultOf('unprobed').summary.notObservable).toBeGreaterThan(0);
  expect(resultOf('stopped').problem).not.toBeNull();
});

describe.each(names)('the %s run', (name) => {
  test('is valid under the schema', () => {
    const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
    formats.default(ajv);
    const file = new URL('../../contracts/report/report.schema.json', import.meta.url);
    const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    validate(JSON.parse(JSON.stringify(resultOf(name))));
    expect(validate.errors).toBeNull();
  });

  test.each(reportFormats)('tells no key and no token as %s', async (format) => {
    const reporter = await loadReporter(format);
    const text = reporter.render(resultOf(name), { color: false, columns: 80 });
    for (const form of ['utf8', 'base64', 'base64url', 'hex'] as const) {
      expect(text).not.toContain(Buffer.from(key).toString(form));
    }
    expect(text).not.toContain('another key');
    const tokens = [...text.matchAll(/([\w-]+\.[\w-]+)\.([\w-]{40,})/gu)];
    const valid = tokens.filter(([, input = '', mac]) => macsOf(input).includes(mac ?? ''));
    expect(valid).toEqual([]);
  });

  test('is the same object after a trip through the json report, but for what went well', async () => {
    const reporter = await loadReporter('json');
    const text = reporter.render(resultOf(name), { color: false, columns: 80 });
    expect(withoutTranscripts(JSON.parse(text) as RunResult)).toEqual(
      withoutTranscripts(resultOf(name)),
    );
  });

  test('is an HTTP Archive', async () => {
    const reporter = await loadReporter('har');
    const text = reporter.render(resultOf(name), { color: false, columns: 80 });
    await expect(har(JSON.parse(text))).resolves.toBeDefined();
  });

  test('fits 80 columns of a console', async () => {
    const reporter = await loadReporter('console');
    const text = reporter.render(resultOf(name), { color: false, columns: 80 });
    const code = resultOf(name).findings.flatMap(({ snippets }) =>
      Object.values(snippets).flatMap((one) => one.split('\n').map((line) => line.trim())),
    );
    const overlong = text
      .split('\n')
      .filter((line) => line.length > 80 && !code.includes(line.trim()));
    expect(overlong.filter((line) => !line.startsWith('  Again  '))).toEqual([]);
  });

  test.skipIf(parserMissing !== undefined)(
    `is well-formed XML as junit${parserMissing === undefined ? '' : ` (${parserMissing})`}`,
    async () => {
      const reporter = await loadReporter('junit');
      const text = reporter.render(resultOf(name), { color: false, columns: 80 });
      expect(parseXml(text).name).toBe('testsuites');
    },
  );
});
