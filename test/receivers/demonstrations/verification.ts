import { createHash, generateKeyPairSync, randomBytes, sign as signAsymmetric } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import {
  assemble,
  claimsOf,
  createEvent,
  encode,
  flipped,
  key,
  nowSeconds,
  sign,
  unsigned,
  withMac,
  type SentEvent,
  type TokenOptions,
} from '../token.js';
import { canonical, inTurn, sending, type Demonstration } from './demonstration.js';
import { oddTokens } from './odd-tokens.js';

const signing = (options: TokenOptions): Demonstration =>
  sending((event) => sign([event], options));

const bare = (header: unknown): Demonstration => sending((event) => unsigned([event], header));

const remade = (change: (mac: Buffer) => Buffer): Demonstration =>
  sending((event) => withMac(sign([event]), change));

/** A token whose signature holds a zero byte, with other bytes after that. */
const differentAfterNul = (event: SentEvent): string => {
  for (let nonce = 0; ; nonce++) {
    const token = sign([event], { claims: { nonce } });
    const mac = Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url');
    const end = mac.indexOf(0);
    if (end >= 0 && end < 30)
      return withMac(token, () => Buffer.concat([mac.subarray(0, end + 1), randomBytes(31 - end)]));
  }
};

/** A token whose payload has a length that base64 would pad. */
const unpadded = (event: SentEvent): string => {
  for (let more = 'x'; ; more += 'x') {
    const token = sign([event], { claims: { more } });
    if ((token.split('.')[1]?.length ?? 0) % 4 !== 0) return token;
  }
};

const overStripped = (event: SentEvent): string => {
  const [header, payload = '', mac] = sign([event]).split('.');
  return `${header}.${payload.slice(0, 9)}?${payload.slice(9)}.${mac}`;
};

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

const underOwnRsaKey = (event: SentEvent): string => {
  const jwk = rsa.publicKey.export({ format: 'jwk' });
  const input = `${encode({ alg: 'RS256', jwk })}.${encode(claimsOf([event]))}`;
  return `${input}.${encode(signAsymmetric('sha256', Buffer.from(input), rsa.privateKey))}`;
};

/** All but the last character, whose case is a part of its bits. */
const inOtherCase = (mac: string): string =>
  mac
    .slice(0, -1)
    .replaceAll(/[a-z]/giu, (one) => (one < 'a' ? one.toLowerCase() : one.toUpperCase())) +
  mac.slice(-1);

const past = nowSeconds() - 3600;

/** Demonstrations of the mutants of verification, by their ids. */
export const verification: Readonly<Record<string, Demonstration>> = {
  ...oddTokens,
  'ignores-signature': sending((event) => flipped(sign([event]))),
  'compares-signature-length': remade(() => randomBytes(32)),
  'compares-given-bytes-only': remade((mac) => mac.subarray(0, 4)),
  'compares-until-nul': sending(differentAfterNul),
  'compares-last-16-bytes': remade((mac) => Buffer.concat([randomBytes(16), mac.subarray(16)])),
  'compares-byte-sum': remade((mac) => mac.reverse()),
  'compares-without-case': sending((event) => {
    const [header, payload, mac = ''] = sign([event]).split('.');
    return [header, payload, inOtherCase(mac)].join('.');
  }),
  'compares-first-8-bytes': remade((mac) => Buffer.concat([mac.subarray(0, 8), randomBytes(24)])),
  'accepts-alg-none': bare({ alg: 'none' }),
  'accepts-alg-none-any-case': bare({ alg: 'nOnE' }),
  'normalises-alg-late': bare({ alg: 'ｎｏｎｅ' }),
  'cleans-alg-late': bare({ alg: 'none\0' }),
  'header-names-any-case': bare({ alg: 'HS256', ALG: 'none' }),
  'accepts-alg-list-with-none': bare({ alg: ['none', 'HS256'] }),
  'first-alg-wins': bare('{"alg":"none","typ":"JWT","alg":"HS256"}'),
  'accepts-missing-alg': bare({ typ: 'JWT' }),
  'accepts-empty-signature': bare({ alg: 'HS256', typ: 'JWT' }),
  'skips-other-algorithms': bare({ alg: 'RS256' }),
  'verifies-typ-jwt-only': bare({ alg: 'HS256' }),
  'skips-when-kid-present': sending((event) =>
    flipped(sign([event], { header: { alg: 'HS256', kid: 'a' } })),
  ),
  'never-reads-alg': signing({ header: { alg: 'HS512' } }),
  'takes-alg-in-any-case': signing({ header: { alg: 'hs256' } }),
  'names-digest-by-alg': signing({ header: { alg: 'HS1' }, digest: 'sha1' }),
  'empty-key-for-unknown-kid': signing({ header: { alg: 'HS256', kid: 'nope' }, key: '' }),
  'accepts-default-key': signing({ key: 'secret' }),
  'uses-key-undefined': signing({ key: 'undefined' }),
  'decodes-key-as-hex': signing({ key: Buffer.from(key, 'hex') }),
  'previous-key-empty': signing({ key: '' }),
  'previous-key-undefined': signing({ key: 'undefined' }),
  'accepts-key-prefix': signing({ key: key.slice(0, 32) }),
  'accepts-issuer-as-key': signing({ key: 'Truora' }),
  'trusts-embedded-secret': signing({
    header: { alg: 'HS256', jwk: { kty: 'oct', k: encode('mine') } },
    key: 'mine',
  }),
  'trusts-embedded-public-key': sending(underOwnRsaKey),
  'accepts-plain-checksum': sending((event) => {
    const input = sign([event]).split('.').slice(0, 2).join('.');
    return `${input}.${encode(createHash('sha256').update(input).digest())}`;
  }),
  'signs-decoded-json': canonical,
  'sorts-claims-first': signing({ claims: { exp: nowSeconds() + 3600 } }),
  'drops-foreign-characters': sending(overStripped),
  'ignores-further-segments': sending((event) => `${sign([event])}.more`),
  'demands-padding': sending(unpadded),
  'decodes-leniently': sending((event) => `${sign([event])}!!!!`),
  'compares-header-text': signing({ header: { typ: 'JWT', alg: 'HS256' } }),
  'refuses-unknown-header': signing({ header: { alg: 'HS256', typ: 'JWT', kid: 'a' } }),
  'ignores-extensions': signing({ header: { alg: 'HS256', crit: ['x'], x: 1 } }),
  'inflates-payload': sending((event) =>
    assemble(deflateRawSync(JSON.stringify(claimsOf([event]))), {
      header: { alg: 'HS256', zip: 'DEF' },
    }),
  ),
  'caches-without-signature': async (lab) => {
    const token = sign([createEvent()]);
    return [await lab.post(token), await lab.post(flipped(token))];
  },
  'caches-by-signature': async (lab) => {
    const token = sign([createEvent()]);
    const [header, , mac] = token.split('.');
    const forged = createEvent();
    await lab.post(token);
    const status = await lab.post(`${header}.${encode(claimsOf([forged]))}.${mac}`);
    return [status, await lab.count(forged.id)];
  },
  'ignores-exp': signing({ claims: { exp: past } }),
  'forgives-expired-first': sending((event) => flipped(sign([event], { claims: { exp: past } }))),
  'verifies-known-issuer-only': sending((event) =>
    flipped(sign([event], { claims: { iss: 'hookproof' } })),
  ),
  'empty-key-for-unknown-issuer': signing({ claims: { iss: 'hookproof' }, key: '' }),
  'exp-in-milliseconds': signing({ claims: { exp: nowSeconds() + 3600 } }),
  'demands-exp': canonical,
  'ignores-nbf': signing({ claims: { nbf: nowSeconds() + 3600 } }),
  'refuses-any-future-iat': signing({ claims: { iat: nowSeconds() + 3600 } }),
  'refuses-iat-older-than-1-s': signing({ claims: { iat: nowSeconds() - 60 } }),
  'refuses-iat-older-than-5-min': signing({ claims: { iat: nowSeconds() - 600 } }),
  'demands-whole-iat': signing({ claims: { iat: nowSeconds() - 1.5 } }),
  'refuses-unknown-type': sending((event) => sign([event]), {}, { event_type: 'trufusion' }),
  'refuses-other-products': sending(
    (event) => sign([event]),
    {},
    { event_type: 'document_validation' },
  ),
  'unknown-event-ends-in-500': sending((event) => sign([event]), {}, { event_type: 'trufusion' }),
  'refuses-unknown-claim': signing({ claims: { more: 1 } }),
  'crashes-on-null-claims': sending(() => assemble('null')),
  'odd-claims-end-in-500': sending(() => assemble('{}')),
  'null-event-ends-in-500': async (lab) => lab.deliver(null, createEvent()),
  'nul-ends-in-500': sending((event) => sign([event]), {}, { object: { name: 'a\0b' } }),
  'non-bmp-ends-in-500': sending((event) => sign([event]), {}, { object: { name: '🎉' } }),
  'pastes-texts': sending((event) => sign([event]), {}, { object: { name: "D'Ángelo" } }),
  'non-latin-ends-in-500': sending((event) => sign([event]), {}, { object: { name: 'Łukasz' } }),
  'unknown-event-lost-at-retry': async (lab) => {
    const event = createEvent({ event_type: 'signal' });
    return [await lab.deliver(event), await lab.deliver(event), await lab.count(event.id)];
  },
  'visits-payload-before-verifying': sending(() =>
    flipped(assemble(`${'['.repeat(20_000)}${']'.repeat(20_000)}`)),
  ),
  'takes-two-segments': sending((event) => sign([event]).split('.').slice(0, 2).join('.')),
  'decodes-form-token': sending((event) => `token=${unsigned([event])}`),
  'typed-fields-end-in-500': sending((event) => sign([event]), {}, { object: { score: 0.5 } }),
  'demands-country': sending((event) => sign([event]), {}, { object: { score: 1 } }),
  'reads-microseconds-only': sending(
    (event) => sign([event]),
    {},
    { object: { creation_date: '2026-01-02T03:04:05.123456789Z' } },
  ),
  'refuses-unknown-status': sending((event) => sign([event]), {}, { object: { status: 'odd' } }),
  'accepts-plain-json': sending((event) => JSON.stringify(claimsOf([event]))),
  'decodes-wrapped-token': sending((event) => JSON.stringify({ token: unsigned([event]) })),
  'reads-claims-beside-json-serialisation': sending((event) => {
    const [header, payload, signature] = sign([createEvent()]).split('.');
    const forged = `a.${encode(claimsOf([event]))}.b`;
    return JSON.stringify({ x: forged, payload, protected: header, signature });
  }),
  'trusts-nested-token': sending((event) =>
    assemble(unsigned([event]), { header: { alg: 'HS256', cty: 'JWT' } }),
  ),
  'reads-every-line': sending((event) => `${sign([createEvent()])}\n${unsigned([event])}`),
  'reads-json-after-token': sending(
    (event) => sign([createEvent()]) + JSON.stringify({ events: [event] }),
  ),
  'body-limit-16-kib': sending((event) => sign([event]), {}, { object: { blob: 'x'.repeat(2e4) } }),
  'decodes-only': sending((event) => `x.${encode(claimsOf([event]))}`),
  'slow-clock-no-leeway': canonical,
  'reads-single-event': canonical,
  'unknown-resource-404': canonical,
  'demands-created-first': inTurn({ event_action: 'succeeded' }),
  'waits-for-success': inTurn({ event_action: 'succeeded' }),
};
