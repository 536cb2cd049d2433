import { har } from 'har-validator';
import { expect, test } from 'vitest';
import { harReporter } from '../../contracts/report/har.js';
import type { RunResult } from '../../contracts/index.js';
import { results } from './results.js';

interface Archive {
  readonly log: { readonly entries: readonly Entry[] } & Readonly<Record<string, unknown>>;
}

interface Entry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly comment: string;
  readonly request: { readonly postData: object; readonly bodySize: number };
  readonly response: { readonly content: object } & Readonly<Record<string, unknown>>;
  readonly timings: Readonly<Record<string, number>>;
}

const archiveOf = (result: RunResult): Archive =>
  JSON.parse(harReporter.render(result, { color: false, columns: 80 })) as Archive;

const entryOf = (comment: string): Entry | undefined =>
  archiveOf(results.failing).log.entries.find((one) => one.comment === comment);

test.each(Object.entries<RunResult>(results))(
  'the %s run is an HTTP Archive',
  async (_, result) => {
    const archive = archiveOf(result);
    await expect(har(archive)).resolves.toEqual(archive);
  },
);

test('the validator refuses an entry without a response', async () => {
  const { log } = archiveOf(results.failing);
  const entries = log.entries.map(({ response: _response, ...entry }) => entry);
  await expect(har({ log: { ...log, entries } })).rejects.toThrow('validation failed');
});

test('has every attempt, in the order in which they were sent', () => {
  const { cases } = results.failing;
  const { entries } = archiveOf(results.failing).log;
  expect(entries).toHaveLength(cases.flatMap(({ attempts }) => attempts).length);
  const starts = entries.map(({ startedDateTime }) => startedDateTime);
  expect(starts).toEqual(starts.toSorted());
});

test('says when an attempt was sent, for which case, and what came of it', () => {
  expect(entryOf('verification/alg-none: alg "none"')).toMatchObject({
    startedDateTime: '2026-01-02T03:04:06.018Z',
    time: 4.2,
    timings: { send: 0, wait: 4.2, receive: 0 },
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:3000/webhooks/truora',
      bodySize: 712,
      postData: { mimeType: 'application/jwt', text: expect.stringMatching(/^eyJ.*\.$/u) },
    },
    response: {
      status: 200,
      content: { size: 11, mimeType: 'application/json', text: '{"ok":true}' },
    },
    _hookproof: { case: 'verification/alg-none', intent: 'hostile', verdict: 'failed', effects: 1 },
  });
});

test('gives bytes that are no text in base64', () => {
  const entry = entryOf('transport/huge-body: 5 MB of token');
  expect(entry?.response.content).toMatchObject({
    size: 9000,
    text: '3q2+7w==',
    encoding: 'base64',
    comment: 'cut: there were 9000 bytes',
  });
  expect(entryOf('transport/huge-body: bytes that are no text')?.request.postData).toMatchObject({
    text: '',
    _base64: '/wD+gA==',
  });
});

test('says what it withholds or leaves out of a body', () => {
  expect(entryOf('verification/canonical-token: first delivery')?.request.postData).toMatchObject({
    text: expect.stringMatching(/\.…$/u),
    comment: 'the signature is withheld: the token is valid',
  });
  const { request } = entryOf('transport/huge-body: 5 MB of token') ?? {};
  expect(request?.bodySize).toBe(5_242_880);
  expect(request?.postData).toMatchObject({ comment: 'cut: there were 5242880 bytes' });
});

test('gives an attempt without an answer the status 0', () => {
  expect(entryOf('idempotency/identical-copy: copy 2')?.response).toMatchObject({
    status: 0,
    _error: 'reset',
    bodySize: -1,
    headers: [],
  });
});
