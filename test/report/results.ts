/** Small results made by hand: one of each kind that a report has to tell. */
import type { AttemptResult, CaseResult, Finding, RunResult } from '../../contracts/index.js';
import { summarise } from '../../contracts/runner/result.js';
import { policies } from '../../simulator/index.js';
import { forged, transcriptOf, withheld } from './transcripts.js';

const target = 'http://127.0.0.1:3000/webhooks/truora';

const attempt = (changes: Partial<AttemptResult> = {}): AttemptResult => ({
  label: 'first delivery',
  intent: 'genuine',
  atMs: 120,
  events: ['HKE0001'],
  status: 200,
  latencyMs: 4.2,
  effects: 1,
  bodyBytes: 712,
  bodyDigest: 'c0ffee'.padEnd(64, '0'),
  transcript: transcriptOf(withheld),
  ...changes,
});

const caseOf = (id: string, changes: Partial<CaseResult> = {}): CaseResult => ({
  id,
  catalogue: 'V001',
  suite: id.split('/')[0] as CaseResult['suite'],
  family: 'genuine-deliveries',
  level: 'must',
  severity: 'high',
  verdict: 'passed',
  title: 'takes a genuine delivery',
  rule: 'A delivery is one compact JWT.',
  source: 'RFC 7515 §7.1',
  needs: [],
  expected: 'one effect',
  actual: 'one effect',
  why: 'A genuine event that is refused is retried five times and then lost.',
  fix: 'Verify the token with a maintained library.',
  reproduce: `hookproof verify ${target} --seed 42 --only ${id}`,
  durationMs: 12,
  attempts: [attempt()],
  ...changes,
});

const resultOf = (
  cases: readonly CaseResult[],
  changes: Partial<RunResult> & { readonly findings?: readonly Finding[] } = {},
): RunResult => {
  const { strict = false, problem = null } = changes;
  return {
    schemaVersion: 1,
    tool: { name: 'hookproof', version: '0.1.0' },
    seed: 42,
    target,
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 5432,
    strict,
    policy: policies.documented,
    receiver: {
      probe: '--probe',
      keyField: 'id',
      settleMs: 500,
      statusBlind: false,
      latestPerResource: false,
      contentType: 'application/jwt',
      language: null,
      provided: ['effects', 'socket'],
      handled: ['checks.created', 'checks.finished'],
    },
    problem,
    summary: summarise(cases, { strict, stopped: problem !== null }),
    findings: [],
    cases,
    ...changes,
  };
};

const refused = 'no effect (and a 4xx answer)';

const none = (slug: string, label: string, body: string): CaseResult =>
  caseOf(`verification/${slug}`, {
    family: 'alg-none',
    severity: 'critical',
    verdict: 'failed',
    title: `refuses a token with ${label}`,
    expected: refused,
    actual: `accepted: ${label}: status 200, 1 effect`,
    attempts: [
      attempt({ label, intent: 'hostile', atMs: 340.5, transcript: transcriptOf({ text: body }) }),
    ],
  });

/** Characters that XML, a terminal or a careless template stumble over. */
export const awkward = 'a "quoted" <b>&amp;</b> ]]> 1 ]]> 2\u0000\u001b[31m \ud800 Peña 𝒳 \ufffe';

const advice = caseOf('transport/other-path', {
  family: 'paths',
  level: 'may',
  severity: 'info',
  verdict: 'failed',
  title: 'answers 404 where nothing is',
  actual: awkward,
});

const warning = caseOf('response/refuses-with-4xx', {
  family: 'acknowledges-forgeries',
  level: 'should',
  severity: 'medium',
  verdict: 'failed',
  title: 'does not acknowledge what it cannot verify',
  expected: 'no 2xx answer to a forgery',
  actual:
    '216 answers of 321, the first: idempotency/forged-then-genuine (one bit of the MAC flipped), status 200',
  fix: 'Answer 401 or 400 when the verification fails.',
});

const unseen = caseOf('idempotency/batch-fails-in-part', {
  family: 'batches',
  severity: 'critical',
  verdict: 'notObservable',
  needs: ['effects', 'sink'],
  missing: 'sink',
  actual: 'it needs an effect that can be held or made to fail; add --sink-listen',
  durationMs: 0,
  attempts: [],
});

const skipped = caseOf('response/applies-its-products', {
  family: 'acknowledgement',
  verdict: 'skipped',
  actual: 'name the products with --products',
  attempts: [],
});

const unsigned = forged({ alg: 'none', typ: 'JWT' });

const nones = [
  none('alg-none', 'alg "none"', unsigned),
  none('alg-none-two-segments', 'alg "none", no third segment', unsigned.slice(0, -1)),
  none('alg-none-foreign-mac', 'alg "none", MAC of another token', `${unsigned}4pcPyMD09ol`),
  none('alg-missing', 'no alg at all', forged({ typ: 'JWT' })),
];

const lost = caseOf('idempotency/identical-copy', {
  family: 'no-deduplication',
  verdict: 'failed',
  actual: 'applied 2 times',
  attempts: [
    attempt(),
    attempt({
      label: 'copy 2',
      atMs: 131.2,
      status: null,
      failure: 'reset',
      effects: null,
      transcript: transcriptOf(withheld, null),
    }),
  ],
});

/** It answers with bytes that are no text, and to a body that is too long to be shown. */
const accepted = caseOf('transport/huge-body', {
  family: 'framing',
  severity: 'medium',
  verdict: 'failed',
  title: 'refuses a body of 5 MB',
  expected: refused,
  actual: 'status 200',
  expectation: { reason: 'the new gateway cuts it, ticket #12', expires: '2026-12-31' },
  attempts: [
    attempt({
      label: '5 MB of token',
      intent: 'hostile',
      atMs: 2001,
      bodyBytes: 5_242_880,
      effects: 0,
      transcript: transcriptOf(
        { text: `${unsigned.slice(0, 60)}AAAAAAAA`, ofBytes: 5_242_880 },
        { base64: '3q2+7w==', ofBytes: 9000 },
      ),
    }),
    attempt({
      label: 'bytes that are no text',
      intent: 'oddity',
      atMs: 2050,
      status: 400,
      effects: 0,
      events: [],
      bodyBytes: 4,
      transcript: transcriptOf({ base64: '/wD+gA==' }, { text: '' }),
    }),
  ],
});

const failingFindings: readonly Finding[] = [
  {
    cause: 'alg-none-accepted',
    title: 'Unsigned tokens are taken (alg “none”)',
    level: 'must',
    severity: 'critical',
    why: 'Anyone who knows the URL can forge an approved identity check: the token itself says that it needs no signature.',
    fix: 'Pin the algorithm: `jwt.verify(body, key, { algorithms: ["HS256"] })`.',
    snippets: {
      node: 'jwt.verify(body, key, {\n  algorithms: ["HS256"],\n});\n',
      python: 'jwt.decode(body, key, algorithms=["HS256"])',
      go: 'jwt.Parse(body, keyFunc,\n\tjwt.WithValidMethods([]string{"HS256"}))',
    },
    cases: nones.map(({ id }) => id),
  },
  {
    cause: 'no-deduplication',
    title: 'Events are not deduplicated: every copy is applied again',
    level: 'must',
    severity: 'high',
    why: 'Truora repeats a delivery whenever your answer is lost or late.',
    fix: 'Save `events[].id` in the same transaction as the effect.',
    snippets: {
      node: 'await db.query(\n  "INSERT INTO seen (id) VALUES ($1) ON CONFLICT DO NOTHING", [event.id],\n);',
    },
    cases: [lost.id],
  },
  ...[accepted, warning, advice].map(({ family, level, severity, title, why, fix, id }) => ({
    ...{ cause: family, title: `Not so: ${title}`, level, severity, why, fix },
    snippets: {},
    cases: [id],
  })),
];

const genuine = caseOf('verification/canonical-token');

const failingCases = [genuine, ...nones, lost, unseen, skipped, warning, accepted, advice];

const unclear = (index: number): CaseResult =>
  caseOf(`verification/case-${index}`, {
    family: 'malformed-token',
    level: index % 2 === 0 ? 'must' : 'should',
    verdict: 'inconclusive',
    expected: 'a receiver that takes genuine deliveries',
    actual: 'the genuine delivery before it was not taken',
    attempts: [],
  });

const seen = resultOf([]).receiver;

/** One case for each thing that a run can be given, so that each option is told of. */
const unmet = (
  ['canary', 'state', 'peer', 'restart', 'clock', 'poll', 'rekey', 'outage'] as const
).map((need) =>
  caseOf(`recovery/with-${need}`, {
    family: 'crash',
    level: need === 'poll' ? 'should' : 'must',
    verdict: 'notObservable',
    needs: ['effects', need],
    missing: need,
    actual: `it needs ${need}`,
    attempts: [],
  }),
);

/** One result of each kind, by its name. */
export const results = {
  passing: resultOf(
    [
      genuine,
      caseOf('response/ack-latency', { level: 'should', durationMs: 0 }),
      ...['identical-copy', 'copy-signed-again', 'batch-twice', 'late-created'].map((slug) =>
        caseOf(`idempotency/${slug}`, {
          verdict: 'notObservable',
          needs: ['effects'],
          missing: 'effects',
          actual: 'it needs effects; add --probe',
        }),
      ),
      ...unmet,
    ],
    {
      receiver: {
        ...seen,
        ...{ probe: null, contentType: 'text/plain', latestPerResource: true },
        provided: ['socket'],
      },
      durationMs: 870,
    },
  ),
  failing: resultOf(failingCases, {
    findings: failingFindings,
    receiver: { ...seen, language: 'node' },
  }),
  strict: resultOf(failingCases, { findings: failingFindings, strict: true }),
  stopped: resultOf(
    Array.from({ length: 6 }, (_, index) => ({
      ...unclear(index),
      actual: 'no answer from 127.0.0.1:3000 (refused: connect ECONNREFUSED 127.0.0.1:3000)',
    })),
    {
      problem: {
        message: 'no answer from 127.0.0.1:3000 (refused: connect ECONNREFUSED 127.0.0.1:3000)',
        remedy: 'start the receiver, and check host and port',
      },
    },
  ),
  inconclusive: resultOf(
    [
      ...Array.from({ length: 5 }, (_, index) => unclear(index)),
      ...Array.from({ length: 6 }, (_, index) => ({
        ...unclear(index + 5),
        actual: `unclear: case ${index}: status 50${index}`,
      })),
      { ...unclear(11), actual: 'all 2 refused; the control after it failed' },
      {
        ...skipped,
        id: 'transport/pipelining',
        suite: 'transport' as const,
        missing: 'socket' as const,
        needs: ['socket'] as const,
        actual: 'it needs a socket; give a URL',
      },
    ],
    { receiver: { ...seen, statusBlind: true } },
  ),
} as const satisfies Readonly<Record<string, RunResult>>;
