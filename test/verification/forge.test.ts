import { createHmac, createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { takenAsSent } from '../../contracts/verification/as-sent.js';
import { verificationCases } from '../../contracts/verification/index.js';
import { KEY, NOW_SECONDS, capture, captureAll, caseOf, cases } from './capture.js';
import type { Sent } from './capture.js';
import { idsRead, verifiers } from './verifiers.js';

const hmac = (key: string | Buffer, text: string, digest = 'sha256'): Buffer =>
  createHmac(digest, key).update(text).digest();

const decode = (segment: string | undefined): Buffer => Buffer.from(segment ?? '', 'base64url');

const isCanonical = (segment: string): boolean => decode(segment).toString('base64url') === segment;

/** The parts of a body that is a token. */
const partsOf = ({ text }: Sent) => {
  const [header = '', payload = '', mac = ''] = text.split('.');
  const input = `${header}.${payload}`;
  return { header, payload, mac, input, bytes: decode(mac), right: hmac(KEY, input) };
};

/** What one case sends, by its slug. */
const sentBy = async (slug: string, key = KEY): Promise<readonly Sent[]> =>
  (await capture(caseOf(slug), { key })).sent;

/** The only body of a case. */
const bodyOf = async (slug: string, key = KEY): Promise<Sent> => {
  const [sent, ...more] = await sentBy(slug, key);
  if (sent === undefined || more.length > 0) throw new Error(`${slug} does not send one body`);
  return sent;
};

const all = await captureAll();

describe('what is genuine', () => {
  const genuine = all.filter(({ intent }) => intent === 'genuine');

  /** Where a verifier may rightly refuse: none does today. */
  const exceptions: readonly string[] = [];

  test.each(Object.keys(verifiers))('is taken by %s', async (verifier) => {
    const refused: string[] = [];
    for (const { id, events, text } of genuine) {
      const read = await idsRead(verifier, text, KEY);
      if (!events.every((event) => read.includes(event.id))) refused.push(`${verifier} ${id}`);
    }
    expect(genuine.length).toBeGreaterThan(20);
    expect(refused).toEqual(exceptions);
  });

  test.each(['secret', 'k'.repeat(32), `${KEY}f`, 'ñ🎉'.repeat(20)])(
    'is taken by all under the key %j',
    async (key) => {
      const sent = (await captureAll({ key })).filter(({ intent }) => intent === 'genuine');
      for (const verifier of Object.keys(verifiers)) {
        for (const { events, text } of sent) {
          expect(await idsRead(verifier, text, key)).toEqual(events.map(({ id }) => id));
        }
      }
    },
  );
});

describe('what is hostile', () => {
  const hostile = all.filter(({ intent }) => intent === 'hostile');

  /** Which of the forgeries a verifier takes for the event that they smuggle in. */
  const takenBy = async (verifier: string, sent: readonly Sent[], key = KEY) => {
    const taken: string[] = [];
    for (const { id, events, text } of sent) {
      const read = await idsRead(verifier, text, key);
      if (events.some((event) => read.includes(event.id))) taken.push(id);
    }
    return taken;
  };

  test.each(Object.keys(verifiers))('and must be refused is refused by %s', async (verifier) => {
    const must = hostile.filter(({ one }) => one.level === 'must');
    expect(must.length).toBeGreaterThan(100);
    expect(await takenBy(verifier, must)).toEqual([]);
  });

  test.each([
    ['strict', []],
    // It knows no crit: auth0/node-jsonwebtoken #1032.
    ['jsonwebtoken', ['crit-unknown', 'crit-empty', 'crit-not-a-list', 'crit-absent-header']],
    ['fast-jwt', []],
    // It decodes base64url leniently, and the MAC still holds.
    [
      'jose',
      ['signature-with-blank', 'signature-with-line-feed', 'header-with-blanks', 'payload-padded'],
    ],
  ])('and should be refused is refused by %s but for known leniency', async (verifier, known) => {
    const should = hostile.filter(({ one }) => one.level !== 'must');
    expect(await takenBy(verifier, should)).toEqual(known.map((slug) => `verification/${slug}`));
  });

  test('is aimed at an event that nothing genuine carries', () => {
    const ids = (sent: readonly Sent[]) => sent.flatMap(({ events }) => events.map(({ id }) => id));
    const genuine = new Set(ids(all.filter(({ intent }) => intent === 'genuine')));
    expect(ids(hostile).filter((id) => genuine.has(id))).toEqual([]);
    expect(new Set(ids(all)).size).toBe(ids(all).length);
  });

  test('is aimed at one event each', () => {
    expect(hostile.filter(({ events }) => events.length !== 1).map(({ id }) => id)).toEqual([]);
  });

  test.each([
    'secret',
    'password',
    'changeme',
    'test',
    'key',
    '123456',
    'jwt_secret',
    'admin',
    'undefined',
    'null',
    'None',
    'false',
    'NaN',
    '[object Object]',
    'mySecret',
    'your-256-bit-secret',
    'a-string-secret-at-least-256-bits-long',
    'Truora',
    'truora',
    'receiver.test',
    '/webhooks/truora',
    'attacker',
    '1',
    'x',
    '\0',
    'secret\0',
    '',
    'A',
    '0123456789abcdef',
    'ABCDEF',
    '12345678',
    'k'.repeat(33),
    `${KEY}f`,
    'ñ🎉'.repeat(20),
  ])('is not genuine by chance where the key is %j', async (key) => {
    const sent = (await captureAll({ key })).filter(({ intent }) => intent === 'hostile');
    expect(await takenBy('strict', sent, key)).toEqual([]);
  });

  test.each([
    ['key-common', 'secret', 'key "secret"', 7],
    ['key-of-known-names', 'Truora', 'key "Truora"', 3],
    ['key-of-known-names', 'receiver.test', 'the host name', 3],
    ['key-coerced', 'false', 'key "false"', 3],
  ])('leaves out of %s the receiver’s own key %j', async (slug, key, label, left) => {
    const labels = (await sentBy(slug, key)).map((sent) => sent.label);
    expect(labels).not.toContain(label);
    expect(labels).toHaveLength(left);
  });

  test.each([
    ['key-of-the-sample', 'mySecret'],
    ['key-undefined', 'undefined'],
    ['key-empty', ''],
    ['key-empty', '\0'],
    ['jwk-embedded', 'attacker'],
    ['kid-sql', '1'],
    ['kid-proto', '[object Object]'],
    ['kid-unknown', ''],
    ['key-lower-cased', '0123456789'],
    ['key-first-8-bytes', '12345678'],
    ['key-first-32-bytes', 'k'.repeat(32)],
    ['key-hex-decoded', 'not hexadecimal'],
    ['key-hex-decoded', 'abc'],
    ['key-without-last-character', 'secret\0'],
  ])('is skipped where nothing is left of %s: the key is %j', async (slug, key) => {
    const { sent, judgement } = await capture(caseOf(slug), { key });
    expect(sent).toHaveLength(0);
    expect(judgement.verdict).toBe('skipped');
  });
});

describe('a broken MAC', () => {
  test('differs in one bit of its decoded bytes, and is spelled canonically', async () => {
    const sent = await sentBy('mac-bit-flipped');
    expect(sent.map(({ label }) => Number(label.replace('bit ', '')))).toEqual([
      0, 1, 7, 8, 31, 32, 33, 63, 64, 71, 77, 80, 96, 97, 103, 127, 128, 248, 249, 254, 255,
    ]);
    for (const one of sent) {
      const bit = Number(one.label.replace('bit ', ''));
      const { mac, bytes, right } = partsOf(one);
      const changed = [...bytes].flatMap((byte, index) =>
        [0, 1, 2, 3, 4, 5, 6, 7]
          .filter((place) => ((byte ^ (right[index] ?? 0)) >> place) & 1)
          .map((place) => index * 8 + place),
      );
      expect(bytes).toHaveLength(32);
      expect(changed).toEqual([bit]);
      expect(isCanonical(mac)).toBe(true);
    }
  });

  test.each(['bad-mac-and-expired', 'bad-mac-and-not-yet-valid', 'bad-mac-and-old'])(
    'is wrong in bit 9 in %s',
    async (slug) => {
      const { bytes, right } = partsOf(await bodyOf(slug));
      const wanted = Buffer.from(right);
      wanted[1] = (wanted[1] ?? 0) ^ 2;
      expect(bytes.equals(wanted)).toBe(true);
    },
  );

  test('is never broken by its spelling alone, but for the cases about spelling', () => {
    const families = new Set(['mac-not-compared', 'wrong-signing-input', 'guessable-key']);
    const sent = all.filter(({ one }) => families.has(one.family));
    expect(sent.length).toBeGreaterThan(50);
    expect(sent.filter((one) => !isCanonical(partsOf(one).mac)).map(({ id }) => id)).toEqual([]);
  });

  test.each([
    ['mac-inverted', (right: Buffer) => right.map((byte) => 255 - byte)],
    ['mac-zero', () => new Uint8Array(32)],
    ['mac-ones', () => new Uint8Array(32).fill(255)],
    ['mac-31-bytes', (right: Buffer) => right.subarray(0, 31)],
    ['mac-16-bytes', (right: Buffer) => right.subarray(0, 16)],
    ['mac-1-byte', (right: Buffer) => right.subarray(0, 1)],
    ['mac-empty', () => new Uint8Array()],
    ['mac-and-a-byte', (right: Buffer) => Buffer.from([...right, 0])],
    ['mac-twice', (right: Buffer) => Buffer.concat([right, right])],
    ['mac-reversed', (right: Buffer) => Buffer.from(right).reverse()],
  ] as const)('of %s is made from the right one', async (slug, change) => {
    const { bytes, right } = partsOf(await bodyOf(slug));
    expect(bytes.equals(change(right))).toBe(true);
  });

  test('is right up to its first zero byte', async () => {
    const { bytes, right } = partsOf(await bodyOf('mac-zero-then-garbage'));
    expect([right[0], bytes[0]]).toEqual([0, 0]);
    expect(bytes.subarray(1).equals(Buffer.alloc(31, 0x41))).toBe(true);
  });

  test('is right in its first 8 or its last 16 bytes only', async () => {
    const first = partsOf(await bodyOf('mac-first-8-right'));
    expect(first.bytes.subarray(0, 8).equals(first.right.subarray(0, 8))).toBe(true);
    expect(first.bytes.subarray(8).equals(first.right.subarray(8))).toBe(false);
    expect(first.bytes).toHaveLength(32);
    const last = partsOf(await bodyOf('mac-last-16-right'));
    expect(last.bytes.subarray(16).equals(last.right.subarray(16))).toBe(true);
    expect(last.bytes.subarray(0, 16).equals(last.right.subarray(0, 16))).toBe(false);
    expect(last.bytes).toHaveLength(32);
  });

  test('is right but for the case of its letters', async () => {
    const { mac, right } = partsOf(await bodyOf('mac-in-other-case'));
    const genuine = right.toString('base64url');
    expect(mac.toLowerCase()).toBe(genuine.toLowerCase());
    const placesIn = (text: string, wanted: (sign: string, place: number) => boolean): number[] =>
      text.split('').flatMap((sign, place) => (wanted(sign, place) ? [place] : []));
    expect(placesIn(mac, (sign, place) => sign !== genuine[place])).toEqual(
      placesIn(genuine.slice(0, -1), (sign) => /[a-z]/i.test(sign)),
    );
  });

  test('is computed over, or with, the wrong thing', async () => {
    const payloadOnly = partsOf(await bodyOf('mac-over-payload'));
    expect(payloadOnly.bytes.equals(hmac(KEY, payloadOnly.payload))).toBe(true);
    const json = partsOf(await bodyOf('mac-over-decoded-json'));
    const decoded = `${decode(json.header).toString()}.${decode(json.payload).toString()}`;
    expect(json.bytes.equals(hmac(KEY, decoded))).toBe(true);
    const hex = partsOf(await bodyOf('mac-as-hex'));
    expect(hex.mac).toBe(hex.right.toString('hex'));
    const keyed = partsOf(await bodyOf('mac-plain-hash-with-key'));
    const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
    expect(keyed.bytes.equals(sha256(KEY + keyed.input))).toBe(true);
    const keyless = partsOf(await bodyOf('mac-plain-hash'));
    expect(keyless.bytes.equals(sha256(keyless.input))).toBe(true);
    const cut = partsOf(await bodyOf('mac-cut-from-sha512'));
    expect(cut.bytes.equals(hmac(KEY, cut.input, 'sha512').subarray(0, 32))).toBe(true);
  });
});

describe('a key with a NUL', () => {
  test.each([1, 8, 32, 63])('is the same key where it has %i bytes', async (length) => {
    const key = 'k'.repeat(length);
    const sent = await bodyOf('key-with-nul', key);
    expect(sent.intent).toBe('genuine');
    expect(await idsRead('strict', sent.text, key)).toEqual(sent.events.map(({ id }) => id));
  });

  test.each([64, 65, 200])(
    'is another key where it has %i bytes, and is left out',
    async (length) => {
      const { sent, judgement } = await capture(caseOf('key-with-nul'), {
        key: 'k'.repeat(length),
      });
      expect(sent).toHaveLength(0);
      expect(judgement.verdict).toBe('skipped');
    },
  );

  test('is counted in bytes, not in characters', async () => {
    expect(await sentBy('key-with-nul', '🎉'.repeat(15))).toHaveLength(1);
    expect(await sentBy('key-with-nul', '🎉'.repeat(16))).toHaveLength(0);
  });
});

describe('another spelling of a genuine token', () => {
  test.each([
    'trailing-bits',
    'signature-padded',
    'signature-standard-base64',
    'trailing-line-feed',
    'blanks-around',
  ])('%s means the same bytes and is another text', async (slug) => {
    const sent = await bodyOf(slug);
    const { bytes, right } = partsOf({ ...sent, text: sent.text.trim() });
    expect(bytes.equals(right)).toBe(true);
    expect(sent.intent).toBe('oddity');
    expect(sent.text).not.toBe(`${partsOf(sent).input}.${right.toString('base64url')}`);
  });

  test('changes only the unused bits of the last character', async () => {
    const { mac, right } = partsOf(await bodyOf('trailing-bits'));
    expect(mac.slice(0, -1)).toBe(right.toString('base64url').slice(0, -1));
    expect(isCanonical(mac)).toBe(false);
  });

  test('changes only the unused bits of the payload, where there are any', async () => {
    const sent = await sentBy('payload-unused-bits');
    for (const one of sent) {
      const { header, payload, mac } = partsOf(one);
      const genuine = decode(payload).toString('base64url');
      expect(payload).not.toBe(genuine);
      expect(decode(mac).equals(hmac(KEY, `${header}.${genuine}`))).toBe(true);
    }
  });
});

describe('a genuine token', () => {
  const claimsOf = (sent: Sent) =>
    JSON.parse(decode(partsOf(sent).payload).toString()) as Readonly<Record<string, unknown>>;

  test('is issued two seconds ago and has no exp', async () => {
    const { iat, iss, exp } = claimsOf(await bodyOf('canonical-token'));
    expect({ iat, iss, exp }).toEqual({ iat: NOW_SECONDS - 2, iss: 'Truora', exp: undefined });
  });

  test.each([0, 1, 2])('has a payload of length %i modulo 3', async (remainder) => {
    const { payload } = partsOf(await bodyOf(`payload-length-mod3-${remainder}`));
    expect(decode(payload).length % 3).toBe(remainder);
  });

  test('has - and _ in payload and MAC', async () => {
    const { payload, mac } = partsOf(await bodyOf('url-safe-alphabet'));
    for (const part of [payload, mac]) expect(part).toMatch(/-.*_|_.*-/);
  });

  test('has a MAC that begins with a zero byte, or holds 00, 0A and FF', async () => {
    expect(partsOf(await bodyOf('mac-starts-with-zero')).bytes[0]).toBe(0);
    const { bytes } = partsOf(await bodyOf('mac-with-special-bytes'));
    expect([0x00, 0x0a, 0xff].every((byte) => bytes.includes(byte))).toBe(true);
  });

  test.each([
    ['event-of-64-kib', 63 << 10, 70 << 10],
    ['event-of-512-kib', 500 << 10, 530 << 10],
  ])('of %s is as long as it says', async (slug, min, max) => {
    const { length } = (await bodyOf(slug)).body;
    expect(length).toBeGreaterThan(min);
    expect(length).toBeLessThan(max);
  });

  test('has names in raw UTF-8, or in escapes', async () => {
    const raw = decode(partsOf(await bodyOf('utf8-claims')).payload).toString();
    const escaped = decode(partsOf(await bodyOf('escaped-claims')).payload).toString();
    expect(raw).toContain('"José Ñandú 日本 🎉"');
    expect(escaped).toContain(String.raw`"Jos\u00e9 \u00d1and\u00fa \u65e5\u672c \ud83c\udf89"`);
    expect(escaped).toMatch(/^[\x20-\x7e]+$/);
  });

  test.each([
    ['fractional-iat', { iat: NOW_SECONDS - 2 + 0.5 }],
    ['iat-ahead', { iat: NOW_SECONDS + 5 }],
    ['iat-of-last-retry', { iat: NOW_SECONDS - 10_230 }],
    ['exp-ahead', { exp: NOW_SECONDS + 3600 }],
  ])('of %s has the time in question', async (slug, wanted) => {
    expect(claimsOf(await bodyOf(slug))).toMatchObject(wanted);
  });

  test('carries two events', async () => {
    const sent = await bodyOf('two-events');
    expect(sent.events).toHaveLength(2);
    expect(await idsRead('strict', sent.text, KEY)).toEqual(sent.events.map(({ id }) => id));
  });
});

describe('a body that is large or strange', () => {
  test.each([
    ['hundred-thousand-dots', /^\.{100000}$/],
    ['only-dots', /^\.\.$/],
    ['empty-body', /^$/],
    ['blank-body', /^\s+$/],
    ['two-segments', /^[\w-]+\.[\w-]+$/],
    ['four-segments', /^[\w-]+\.[\w-]+\.[\w-]{43}\.foo$/],
    ['four-segments-last-empty', /^[\w-]+\.[\w-]+\.[\w-]{43}\.$/],
    ['no-header', /^\.[\w-]+\.[\w-]{43}$/],
    ['no-payload', /^[\w-]+\.\.[\w-]{43}$/],
    ['alg-none', /^[\w-]+\.[\w-]+\.$/],
    ['alg-none-two-segments', /^[\w-]+\.[\w-]+$/],
    ['pbes2-iterations', /^(?:[\w-]+\.){4}[\w-]+$/],
    ['second-line-forged', /^[\w-]+\.[\w-]+\.[\w-]{43}\n[\w-]+\.[\w-]+\.$/],
  ])('%s has its shape', async (slug, shape) => {
    expect((await bodyOf(slug)).text).toMatch(shape);
  });

  test('the deep ones are 20,000 deep and the huge header is 1 MiB', async () => {
    for (const slug of ['deep-header', 'deep-payload']) {
      const { header, payload } = partsOf(await bodyOf(slug));
      const json = decode(slug === 'deep-header' ? header : payload).toString();
      expect(json).toContain('['.repeat(20_000));
      expect(json).toContain(']'.repeat(20_000));
    }
    expect(decode(partsOf(await bodyOf('huge-header')).header).length).toBeGreaterThan(1 << 20);
  });
});

describe('one seed', () => {
  test('makes the same bytes again', async () => {
    const again = await captureAll();
    expect(again.map(({ id, label }) => `${id} ${label}`)).toEqual(
      all.map(({ id, label }) => `${id} ${label}`),
    );
    expect(again.filter(({ body }, index) => !all[index]?.body.equals(body))).toEqual([]);
  });

  test('makes other events than another seed', async () => {
    const idsOf = (sent: readonly Sent[]) =>
      sent.flatMap(({ events }) => events.map(({ id }) => id));
    const ids = new Set(idsOf(all));
    const others = idsOf(await captureAll({ seed: 43 }));
    expect(others).toHaveLength(idsOf(all).length);
    expect(others.filter((id) => ids.has(id))).toEqual([]);
  });

  test('makes a case’s bytes whether it is played alone or among others', async () => {
    const alone = await bodyOf('alg-none');
    const among = all.find(({ id }) => id === 'verification/alg-none');
    expect(among?.body.equals(alone.body)).toBe(true);
  });
});

describe('the table of cases', () => {
  test('sends, each of them but those that review what genuine deliveries came to', () => {
    const others = verificationCases.filter((one) => !cases.some(({ id }) => id === one.id));
    expect(others).toEqual(takenAsSent);
    expect(takenAsSent.map(({ kind }) => kind)).toEqual(takenAsSent.map(() => 'reviews'));
  });

  test('has no id twice', () => {
    const ids = verificationCases.map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test.each(verificationCases.map((one) => [one.id, one] as const))(
    '%s is well-formed',
    (id, one) => {
      expect(id).toMatch(/^verification\/[a-z0-9]+(?:-[a-z0-9]+)*$/);
      expect(one.suite).toBe('verification');
      expect(one.catalogue).toMatch(/^[VPD]\d{2,3}$/);
      expect(one.family).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
      expect(one.title).toMatch(
        /^(?:refuses|takes|stays|applies|acknowledges|ignores|reads|asks|keeps) \S.*[^.]$/,
      );
      for (const text of [one.rule, one.source, one.why, one.fix]) {
        expect(text.trim()).toBe(text);
        expect(text.length).toBeGreaterThan(3);
      }
      for (const text of [one.rule, one.why]) expect(text).toMatch(/[.!]$/);
    },
  );

  /** Controls say more each; a second representation is signed in part or not at all. */
  const SAY_MORE = ['genuine-deliveries', 'wrong-key-bytes', 'other-representation'];

  test('gives a family one reason and one mend, but for those that say more', () => {
    const reasons = new Map<string, Set<string>>();
    for (const { family, why, fix } of verificationCases) {
      if (SAY_MORE.includes(family)) continue;
      reasons.set(family, (reasons.get(family) ?? new Set()).add(`${why} ${fix}`));
    }
    expect([...reasons].filter(([, texts]) => texts.size > 1).map(([family]) => family)).toEqual(
      [],
    );
  });

  test('labels the attempts of a case apart', () => {
    const labels = all.map(({ id, label }) => `${id} ${label}`);
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([]);
  });
});
