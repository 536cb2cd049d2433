/** What is judged from observations that no test machine can be brought into. */
import { describe, expect, test } from 'vitest';
import { judgeClock } from '../../contracts/doctor/judge/clock.js';
import { judgeConnection, judgeExpect } from '../../contracts/doctor/judge/connection.js';
import { judgeEnvironment } from '../../contracts/doctor/judge/environment.js';
import { judgeLatency } from '../../contracts/doctor/judge/latency.js';
import { judgeName } from '../../contracts/doctor/judge/name.js';
import { judgeReach } from '../../contracts/doctor/judge/reach.js';
import { judgeTls } from '../../contracts/doctor/judge/tls.js';
import { size, span, urlWith } from '../../contracts/doctor/judge/words.js';
import { answerIn } from '../../contracts/doctor/observe/http-text.js';
import { observeClock } from '../../contracts/doctor/observe/clock.js';
import type { ConnectSeen, Known, ReachSeen, TlsSeen } from '../../contracts/doctor/seen.js';

const knownOf = (changes: Partial<Known['target']> = {}, rest: Partial<Known> = {}): Known => ({
  target: {
    shown: 'http://localhost:3000/hook',
    host: 'localhost',
    port: 3000,
    path: '/hook',
    secure: false,
    insecure: false,
    mapped: false,
    timeoutMs: 3000,
    contentType: 'application/jwt',
    delivers: false,
    ...changes,
  },
  ...rest,
});

const connectTo = (
  address: string,
  outcome: ConnectSeen['outcome'],
  named = true,
): ConnectSeen => ({
  address,
  family: address.includes(':') ? 6 : 4,
  named,
  outcome,
  code: outcome === 'timeout' ? 'ETIMEDOUT' : '',
  tookMs: 1,
});

const reachOf = (connects: readonly ConnectSeen[], rest: Partial<ReachSeen> = {}): ReachSeen => ({
  connects,
  listener: undefined,
  otherPorts: [],
  host: undefined,
  proxies: [],
  ...rest,
});

describe('the clock', () => {
  const sample = (dateMs: number, sentMs: number, heardMs: number) => ({ dateMs, sentMs, heardMs });

  test('is right where the second of the header fits in between', () => {
    const seen = observeClock([sample(10_000, 10_900, 11_200)]);
    expect(seen).toEqual({ samples: 1, leastMs: -1200, mostMs: 100 });
    expect(judgeClock(seen!, knownOf())).toEqual([]);
  });

  test('is bounded by all answers together', () => {
    const samples = [sample(10_000, 10_100, 10_200), sample(12_000, 12_900, 14_000)];
    expect(observeClock(samples)).toEqual({ samples: 2, leastMs: -200, mostMs: 100 });
  });

  test('is not blamed for the time on the way', () => {
    expect(judgeClock(observeClock([sample(10_000, 10_000, 40_000)])!, knownOf())).toEqual([]);
  });

  test.each([
    [4000, undefined],
    [-4000, undefined],
    [30_000, 'note'],
    [-30_000, 'note'],
    [62_000, 'warns'],
    [-62_000, 'warns'],
  ])('%i ms off is %s', (skewMs, severity) => {
    const seen = observeClock([sample(100_000 + skewMs, 100_000, 100_500)])!;
    expect(judgeClock(seen, knownOf())[0]?.severity).toBe(severity);
  });

  test('is unknown without the header', () => {
    expect(observeClock([])).toBeUndefined();
  });
});

describe('where nothing listens', () => {
  const refused = [connectTo('127.0.0.1', 'refused')];

  test('names other ports that answer', () => {
    const [finding] = judgeReach(reachOf(refused, { otherPorts: [3001, 8080] }), knownOf());
    expect(finding?.mend).toContain('http://localhost:3001/hook and http://localhost:8080/hook');
  });

  test('says what localhost is in a container', () => {
    const environment = { proxies: [], container: '/.dockerenv' };
    const [finding] = judgeReach(reachOf(refused), knownOf({}, { environment }));
    expect(finding?.mend).toContain('http://host.docker.internal:3000/hook');
    expect(judgeReach(reachOf(refused), knownOf())[0]?.mend).not.toContain('docker');
  });

  test('is sure where the container’s host takes connections', () => {
    const environment = { proxies: [], container: '/.dockerenv' };
    const host = { name: 'host.docker.internal', open: true };
    const [finding] = judgeReach(reachOf(refused, { host }), knownOf({}, { environment }));
    expect(finding?.mend).toContain('the receiver listens on its host');
  });

  test('tells silence from a refusal', () => {
    const [finding] = judgeReach(reachOf([connectTo('10.0.0.9', 'timeout')]), knownOf());
    expect([finding?.id, finding?.severity]).toEqual(['reach/no-way', 'blocks']);
    expect(finding?.mend).toContain('firewall');
  });
});

describe('several addresses', () => {
  test.each<
    [
      what: string,
      open: readonly string[],
      closed: readonly string[],
      unnamed: readonly string[],
      wanted: string | undefined,
      elsewhere?: ConnectSeen['outcome'],
    ]
  >([
    ['::1 alone, as localhost says', ['::1'], [], ['127.0.0.1'], undefined],
    ['::1 where localhost is both', ['::1'], ['127.0.0.1'], [], 'reach/ipv6-only warns'],
    ['::1 where localhost is 127.0.0.1', [], ['127.0.0.1'], ['::1'], 'reach/ipv6-only blocks'],
    ['127.0.0.1 where localhost is both', ['127.0.0.1'], ['::1'], [], 'reach/ipv4-only note'],
    ['127.0.0.1 where localhost is no more', ['127.0.0.1'], [], ['::1'], undefined, 'refused'],
    ['127.0.0.1 where localhost is ::1', [], ['::1'], ['127.0.0.1'], 'reach/ipv4-only blocks'],
  ])('%s', (what, open, closed, unnamed, wanted, elsewhere = 'unavailable') => {
    const isOtherOpen = open.length === 0;
    const connects = [
      ...open.map((address) => connectTo(address, 'open')),
      ...closed.map((address) => connectTo(address, 'refused')),
      ...unnamed.map((address) => connectTo(address, isOtherOpen ? 'open' : elsewhere, false)),
    ];
    const [finding] = judgeReach(reachOf(connects), knownOf());
    expect(finding === undefined ? undefined : `${finding.id} ${finding.severity}`).toBe(wanted);
    expect(what).toContain(open[0] ?? unnamed[0] ?? '');
  });

  test('of which one is dead', () => {
    const connects = [connectTo('10.0.0.1', 'open'), connectTo('10.0.0.2', 'timeout')];
    const [finding] = judgeReach(reachOf(connects), knownOf({ host: 'receiver.test' }));
    expect([finding?.id, finding?.severity]).toEqual(['reach/some-addresses-dead', 'warns']);
  });
});

describe('a certificate', () => {
  const seenWith = (daysLeft: number): TlsSeen => ({
    trouble: 'none',
    code: '',
    protocol: 'TLSv1.3',
    certificate: {
      subject: 'a.test',
      issuer: 'An authority',
      names: ['a.test'],
      fromMs: 0,
      untilMs: 1e12 + daysLeft * 86_400_000,
    },
    nowMs: 1e12,
  });

  test.each([
    [5, 'the certificate expires in 5 days'],
    [13.9, 'the certificate expires in 13 days'],
    [15, undefined],
  ])('with %s days left', (daysLeft, title) => {
    expect(judgeTls(seenWith(daysLeft), knownOf())[0]?.title).toBe(title);
  });
});

test.each([
  [[10, 20, 30], undefined],
  [[10, 20, 1600, 1700, 1800], 'latency/slow'],
  [[10, 20, 30, 40, 3100], 'latency/slow'],
  [[10, undefined, undefined], 'latency/too-slow'],
  [[3100, 3200, 20], 'latency/too-slow'],
])('acknowledgements after %j ms', (samplesMs, id) => {
  const seen = { genuine: true, samplesMs, statuses: samplesMs.map(() => 200) };
  expect(judgeLatency(seen, knownOf())[0]?.id).toBe(id);
});

test.each([
  ['continue', undefined],
  ['answers', undefined],
  ['refuses', 'note'],
  ['silent', 'note'],
  ['closes', 'note'],
] as const)('Expect that %s', (reaction, severity) => {
  expect(judgeExpect({ reaction, status: 417 })[0]?.severity).toBe(severity);
});

test('a connection that is kept, and one that is closed as announced', () => {
  const kept = { version: '1.1', announces: 'keep', second: 'answered', taken: true } as const;
  expect(judgeConnection(kept)).toEqual([]);
  const closed = { ...kept, announces: 'close', second: 'not-sent' } as const;
  expect(judgeConnection(closed).map(({ severity }) => severity)).toEqual(['note']);
});

test('a name that is slow to be found', () => {
  const seen = { kind: 'found', addresses: ['10.0.0.1'], tookMs: 1500, given: false } as const;
  expect(judgeName(seen, knownOf())[0]?.id).toBe('name/slow');
  expect(judgeName({ ...seen, tookMs: 20 }, knownOf())).toEqual([]);
  expect(judgeName({ ...seen, given: true }, knownOf())).toEqual([]);
});

test('a proxy that is alive is not used, and that is said', () => {
  const proxy = { variable: 'http_proxy', url: 'http://p.test:3128', applies: true, alive: true };
  const findings = judgeEnvironment({ proxies: [proxy], container: undefined });
  expect(findings.map(({ id, severity }) => [id, severity])).toEqual([
    ['environment/proxy-not-used', 'note'],
  ]);
  expect(
    judgeEnvironment({ proxies: [{ ...proxy, applies: false }], container: undefined }),
  ).toEqual([]);
});

test.each([
  ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', { status: 200, text: 'ok', complete: true }],
  ['HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok', { text: 'ok', complete: false }],
  ['HTTP/1.1 204 No Content\r\n\r\n', { status: 204, complete: true }],
  ['HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n', { status: 401 }],
  [
    'HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n5\r\n such\r\n0\r\n\r\n',
    { text: 'no such', complete: true },
  ],
  ['HTTP/1.0 200 OK\r\n\r\nuntil it closes', { version: '1.0', complete: false }],
])('reads %j', (text, wanted) => {
  expect(answerIn(text)).toMatchObject(wanted);
});

test.each(['', 'HTTP/1.1 200', 'HTTP/1.1 200 OK\r\nA: b\r\n', 'SSH-2.0-x\r\n\r\n'])(
  'finds no answer in %j',
  (text) => {
    expect(answerIn(text)).toBeUndefined();
  },
);

test('words', () => {
  expect([size(102_400), size(1_048_576), size(19_500)]).toEqual(['100 KiB', '1 MiB', '20 kB']);
  expect([span(40_000), span(-600_000), span(10_000_000), span(1_000_000_000)]).toEqual([
    '40 s',
    '10 min',
    '3 h',
    '11 days',
  ]);
  const shown = 'http://…@localhost:3000/hook?a=b';
  expect(urlWith(shown, { port: 8080 })).toBe('http://…@localhost:8080/hook?a=b');
  expect(urlWith(shown, { host: '[::1]', scheme: 'https' })).toBe('https://…@[::1]:3000/hook?a=b');
  expect(urlWith('http://a.test/x', { port: 81, path: '/y' })).toBe('http://a.test:81/y');
});
