/** HTTP Archive 1.2: every exchange of a run, for the tools that read what browsers record. */
import type { AttemptResult, CaseResult, RecordedBody, RunResult } from '../runner/result.js';
import type { Reporter } from './report.js';

export const harReporter: Reporter = {
  format: 'har',
  render: (result) => `${JSON.stringify(archiveOf(result), null, 2)}\n`,
};

const archiveOf = (result: RunResult) => {
  const startMs = Date.parse(result.startedAt);
  const entries = result.cases
    .flatMap((one) => one.attempts.map((attempt) => ({ one, attempt })))
    .toSorted((left, right) => left.attempt.atMs - right.attempt.atMs)
    .map(({ one, attempt }) => entryOf(one, attempt, startMs));
  return {
    log: {
      version: '1.2',
      creator: { name: result.tool.name, version: result.tool.version },
      pages: [],
      entries,
      comment: `seed ${result.seed}, ${result.target}; valid tokens are shown without their signature`,
      _hookproof: {
        seed: result.seed,
        target: result.target,
        verdict: result.summary.verdict,
        problem: result.problem,
      },
    },
  };
};

const entryOf = (one: CaseResult, attempt: AttemptResult, startMs: number) => {
  const { label, intent, atMs, events, effects, bodyDigest, latencyMs } = attempt;
  return {
    startedDateTime: new Date(startMs + atMs).toISOString(),
    time: latencyMs,
    request: requestOf(attempt),
    response: responseOf(attempt),
    cache: {},
    // Only the whole is measured: from the standing connection to the end of the answer.
    timings: { send: 0, wait: latencyMs, receive: 0 },
    comment: `${one.id}: ${label}`,
    _hookproof: { case: one.id, verdict: one.verdict, label, intent, events, effects, bodyDigest },
  };
};

const requestOf = ({ transcript: { request }, bodyBytes }: AttemptResult) => ({
  method: request.method,
  url: request.url,
  httpVersion: 'HTTP/1.1',
  cookies: [],
  headers: headersOf(request.headers),
  queryString: queryOf(request.url),
  headersSize: -1,
  bodySize: bodyBytes,
  postData: {
    mimeType: valueOf(request.headers, 'content-type'),
    // HAR 1.2 has text here and nothing for bytes, so those stand in a field of our own.
    text: request.body.text ?? '',
    ...(request.body.base64 === undefined ? {} : { _base64: request.body.base64 }),
    ...notesOf(request.body),
  },
});

/** Where there was no answer, the status is 0, as browsers have it. */
const responseOf = ({ transcript: { response }, status, failure }: AttemptResult) => {
  const { headers = [], body = {} } = response ?? {};
  return {
    status: status ?? 0,
    statusText: '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headersOf(headers),
    content: contentOf(body, valueOf(headers, 'content-type')),
    redirectURL: valueOf(headers, 'location'),
    headersSize: -1,
    bodySize: response === null ? -1 : sizeOf(body),
    ...(failure === undefined ? {} : { _error: failure }),
  };
};

const contentOf = (body: RecordedBody, mimeType: string) => ({
  size: sizeOf(body),
  mimeType,
  ...(body.base64 === undefined
    ? { text: body.text ?? '' }
    : { text: body.base64, encoding: 'base64' }),
  ...notesOf(body),
});

/** Length in bytes, also of what was cut off. */
const sizeOf = ({ text = '', base64, ofBytes }: RecordedBody): number => {
  if (ofBytes !== undefined) return ofBytes;
  return base64 === undefined
    ? new TextEncoder().encode(text).length
    : Math.floor((base64.replace(/=+$/, '').length * 3) / 4);
};

type Headers = AttemptResult['transcript']['request']['headers'];

const headersOf = (headers: Headers) => headers.map(([name, value]) => ({ name, value }));

const valueOf = (headers: Headers, wanted: string): string =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '';

const queryOf = (url: string) =>
  URL.canParse(url) ? [...new URL(url).searchParams].map(([name, value]) => ({ name, value })) : [];

const WITHHELD = {
  signature: 'the signature is withheld: the token is valid',
  secret: 'the key or a right signature was in it: it is withheld',
} as const;

const notesOf = ({ ofBytes, withheld }: RecordedBody) => {
  const notes = [
    ...(ofBytes === undefined ? [] : [`cut: there were ${ofBytes} bytes`]),
    ...(withheld === undefined ? [] : [WITHHELD[withheld]]),
  ];
  return notes.length === 0 ? {} : { comment: notes.join('; ') };
};
