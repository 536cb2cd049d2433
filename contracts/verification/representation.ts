import type { ContractCase, Intent, Severity } from '../runner/case.js';
import { noneToken } from './alg-none.js';
import { segment } from './forge.js';
import type { ForgeKit, JsonObject } from './forge.js';
import { hostile, oddity } from './table.js';
import type { Build, Family } from './table.js';

const family: Family = {
  name: 'other-representation',
  why: 'A second way in that is not verified stands beside the verified one: a forger simply takes it.',
  fix: 'Take one thing only: a body that is a compact JWT. Read the events from what the verification returned, from nowhere else.',
};

const RULE =
  'A delivery is a compact JWS and nothing else; claims come only from what was verified.';

const row = (
  catalogue: string,
  slug: string,
  title: string,
  body: Build | Readonly<Record<string, Build>>,
  more: {
    readonly severity: Severity;
    readonly source: string;
    readonly contentType?: string;
    readonly mixed?: boolean;
    readonly intent?: Intent;
    readonly why?: string;
  },
): ContractCase => {
  const { contentType, intent = 'hostile', mixed = false, ...rest } = more;
  return (intent === 'hostile' ? hostile : oddity)(family, {
    slug,
    catalogue,
    title,
    rule: RULE,
    ...rest,
    mixed,
    bodies: typeof body === 'function' ? { body } : body,
    ...(contentType === undefined ? {} : { send: { contentType } }),
  });
};

const parts = (token: string): JsonObject => {
  const [header, payload, signature] = token.split('.');
  return { protected: header, payload, signature };
};

const forgedClaims = ({ claims }: ForgeKit): string => JSON.stringify(claims);

const SIGNED_ELSEWISE =
  'The same token has a second form, with rules of its own: members that no signature covers, several signatures. What guards the compact one, a proxy or another library, does not know it.';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';

const wronglySigned = ({ headerSegment, payloadSegment }: ForgeKit): string =>
  `${headerSegment}.${payloadSegment}.${segment('not a signature')}`;

export const representation: readonly ContractCase[] = [
  row(
    'V180',
    'json-serialisation',
    'refuses the flattened JSON serialisation',
    ({ token }) => JSON.stringify(parts(token)),
    {
      severity: 'medium',
      source: 'RFC 7519 §1',
      contentType: JSON_TYPE,
      why: SIGNED_ELSEWISE,
    },
  ),
  row(
    'V181',
    'general-json-serialisation',
    'refuses the general JSON serialisation',
    ({ token }) => {
      const { payload, ...signature } = parts(token);
      return JSON.stringify({ payload, signatures: [signature] });
    },
    {
      severity: 'medium',
      source: 'RFC 7519 §1; Wycheproof tc17',
      contentType: JSON_TYPE,
      why: SIGNED_ELSEWISE,
    },
  ),
  row(
    'V182',
    'polyglot',
    'reads claims only from what it verified',
    ({ other, payloadSegment }) =>
      JSON.stringify({ ...parts(other.token), x: `a.${payloadSegment}.b` }),
    { severity: 'critical', source: 'CVE-2022-39227', mixed: true },
  ),
  row(
    'V183',
    'token-in-json',
    'stays calm when the token stands in JSON',
    ({ token }) => JSON.stringify({ token }),
    {
      severity: 'info',
      source: 'wrappers seen in public receivers',
      contentType: JSON_TYPE,
      intent: 'oddity',
    },
  ),
  row(
    'V184',
    'token-quoted',
    'stays calm when the token stands in quotes',
    ({ token }) => JSON.stringify(token),
    { severity: 'info', source: 'JSON encoders', contentType: JSON_TYPE, intent: 'oddity' },
  ),
  row(
    'V185',
    'token-in-form',
    'stays calm when the token stands in a form',
    ({ token }) => `token=${token}`,
    { severity: 'info', source: 'form encoders', contentType: FORM_TYPE, intent: 'oddity' },
  ),
  row(
    'V185',
    'forged-token-in-form',
    'refuses a forged token in a form',
    {
      unsigned: (kit) => `token=${noneToken(kit)}`,
      'wrongly signed': (kit) => `token=${wronglySigned(kit)}`,
    },
    { severity: 'critical', source: 'forms that are decoded only', contentType: FORM_TYPE },
  ),
  row('V186', 'unsigned-json', 'refuses the decoded claims as plain JSON', forgedClaims, {
    severity: 'critical',
    source: 'seen in public receivers (OBS)',
    contentType: JSON_TYPE,
  }),
  row(
    'V186',
    'unsigned-json-as-jwt',
    'refuses plain JSON under the token’s content type',
    forgedClaims,
    { severity: 'critical', source: 'seen in public receivers (OBS)' },
  ),
  row(
    'V187',
    'forged-token-in-json',
    'refuses an unsigned token in JSON',
    (kit) => JSON.stringify({ token: noneToken(kit) }),
    { severity: 'critical', source: 'wrappers that are decoded only', contentType: JSON_TYPE },
  ),
  row(
    'V188',
    'token-with-bearer',
    'stays calm when the token follows “Bearer”',
    ({ token }) => `Bearer ${token}`,
    { severity: 'info', source: 'header parsers', intent: 'oddity' },
  ),
  row(
    'V189',
    'second-line-forged',
    'ignores a forged token on a second line',
    (kit) => `${kit.other.token}\n${noneToken(kit)}`,
    { severity: 'high', source: 'bodies with several tokens', mixed: true },
  ),
  row(
    'V190',
    'json-after-token',
    'ignores forged JSON after a genuine token',
    (kit) => `${kit.other.token}${JSON.stringify({ events: [kit.event] })}`,
    { severity: 'high', source: 'two parsers for one body', mixed: true },
  ),
  row(
    'V187',
    'forged-jwt-in-json',
    'refuses a wrongly signed token in JSON',
    (kit) => JSON.stringify({ token: wronglySigned(kit) }),
    { severity: 'critical', source: 'wrappers that are decoded only', contentType: JSON_TYPE },
  ),
];
