import type { ContractCase } from '../runner/case.js';
import { HEADER, isSameKey, segment, signed } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { STRANGERS_JWKS, STRANGERS_X5C, signedByStranger, strangersJwk } from './stranger.js';
import type { KeyPairAlgorithm } from './stranger.js';
import { hostile } from './table.js';
import type { Build, Family, TokenRow } from './table.js';
import { TEST_CERTIFICATE, TEST_KID } from './test-keys.js';

const family: Family = {
  name: 'key-from-header',
  why: 'The token brings its own key, or the path to one: whoever writes the header signs as Truora.',
  fix: 'Use one configured key. Ignore jwk, jku, x5u and x5c, and look kid up in a fixed table that answers “unknown” with a refusal.',
};

const byClaims: Family = {
  name: 'key-from-claims',
  why: 'The key is looked up by a claim of the token, and who is not found has a key that anyone can guess.',
  fix: 'Use one configured key. Where there are several, answer an issuer that you do not know with a refusal.',
};

type Told = Pick<TokenRow, 'source'> & Partial<Pick<TokenRow, 'stage' | 'send' | 'slowMs'>>;

const row = (
  catalogue: string,
  slug: string,
  title: string,
  bodies: Readonly<Record<string, Build>>,
  told: Told,
): ContractCase =>
  hostile(family, {
    slug,
    catalogue,
    title,
    bodies,
    rule: 'A header never names the key it is checked with.',
    severity: 'critical',
    ...told,
  });

/** A MAC under a key that the header leads to; left out where it is the receiver's own. */
const keyed = (
  catalogue: string,
  slug: string,
  title: string,
  forgery: { readonly header: JsonObject; readonly key: string },
  told: Told,
): ContractCase => {
  const make: Build = ({ payload, key }) =>
    isSameKey(forgery.key, key)
      ? undefined
      : signed({ header: { ...HEADER, ...forgery.header }, payload, key: forgery.key });
  return row(catalogue, slug, title, { [slug]: make }, told);
};

/** A stranger's signature under a header that leads to the stranger's key. */
const led =
  (header: (kit: ForgeKit) => JsonObject, alg: KeyPairAlgorithm = 'RS256'): Build =>
  (kit) =>
    signedByStranger(alg, kit.payloadSegment, header(kit));

const embedded = (alg: KeyPairAlgorithm): Build => led(() => ({ jwk: strangersJwk(alg) }), alg);

const STRANGER = 'hookproof';

/** A MAC under what a look-up of an issuer may end in who is not known. */
const ofStranger =
  (key: string): Build =>
  ({ claims, key: own }) =>
    isSameKey(key, own) ? undefined : signed({ payload: { ...claims, iss: STRANGER }, key });

/** An answer that takes as long as the `sleep` of its kid shows that a shell ran it. */
const SHELL_SECONDS = 10;

export const keyHeaders: readonly ContractCase[] = [
  keyed(
    'V207',
    'jwk-embedded',
    'refuses a MAC under a key in its own header',
    { header: { jwk: { kty: 'oct', k: segment('attacker') } }, key: 'attacker' },
    { source: 'CVE-2018-0114' },
  ),
  row(
    'V208',
    'jwk-of-a-stranger',
    'refuses a signature under a public key in its own header',
    {
      'jwk RSA, RS256': embedded('RS256'),
      'jwk RSA, PS256': embedded('PS256'),
      'jwk P-256, ES256': embedded('ES256'),
      'jwk Ed25519, EdDSA': embedded('EdDSA'),
    },
    { source: 'CVE-2018-0114; jwt_tool' },
  ),
  row(
    'V209',
    'jku-of-a-stranger',
    'refuses a signature under a key that its jku leads to',
    {
      jku: led(({ lure }) => ({ kid: TEST_KID, jku: lure('/jwks.json', STRANGERS_JWKS) })),
    },
    { source: 'RFC 7515 §4.1.2; RFC 8725 §3.10; jwt_tool' },
  ),
  row(
    'V210',
    'x5u-of-a-stranger',
    'refuses a signature under a certificate that its x5u leads to',
    { x5u: led(({ lure }) => ({ x5u: lure('/certificate.pem', TEST_CERTIFICATE) })) },
    { source: 'RFC 7515 §4.1.5; RFC 8725 §3.10' },
  ),
  row(
    'V211',
    'x5c-of-a-stranger',
    'refuses a signature under a certificate in its own header',
    {
      'x5c garbage': led(() => ({ x5c: ['MIIB'] })),
      'x5c signed by itself': led(() => ({ x5c: [STRANGERS_X5C] })),
    },
    { source: 'RFC 7515 §4.1.6' },
  ),
  keyed(
    'V212',
    'kid-path',
    'refuses a kid that is a path to an empty file',
    { header: { kid: '../../../../dev/null' }, key: '' },
    { source: 'jwt_tool' },
  ),
  keyed(
    'V213',
    'kid-sql',
    'refuses a kid that is SQL',
    { header: { kid: "x' UNION SELECT '1';--" }, key: '1' },
    { source: 'jwt_tool' },
  ),
  keyed(
    'V214',
    'kid-command',
    'refuses a kid that is a shell command, and does not run it',
    { header: { kid: `|sleep ${SHELL_SECONDS}` }, key: '' },
    {
      source: 'jwt_tool',
      stage: 'patient',
      slowMs: SHELL_SECONDS * 950,
      send: { timeoutMs: SHELL_SECONDS * 1200 },
    },
  ),
  keyed(
    'V215',
    'kid-proto',
    'refuses kid __proto__',
    { header: { kid: '__proto__' }, key: '[object Object]' },
    { source: 'look-up in a plain object' },
  ),
  keyed(
    'V216',
    'kid-constructor',
    'refuses kid constructor',
    { header: { kid: 'constructor' }, key: '' },
    { source: 'look-up in a plain object' },
  ),
  keyed(
    'V217',
    'kid-unknown',
    'refuses an unknown kid with an empty key',
    { header: { kid: 'nope' }, key: '' },
    { source: 'keys[kid] || ""' },
  ),
  hostile(byClaims, {
    slug: 'iss-unknown',
    catalogue: 'V223',
    title: 'refuses an unknown issuer with an empty key',
    rule: 'Claims never name the key they are checked with.',
    source: 'keys[iss] || ""',
    severity: 'critical',
    bodies: {
      'empty key': ofStranger(''),
      'key "undefined"': ofStranger('undefined'),
      'key "null"': ofStranger('null'),
      'its own name': ofStranger(STRANGER),
    },
  }),
];
