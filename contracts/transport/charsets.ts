import type { CaseContext, ContractCase } from '../runner/case.js';
import { bypassCase } from './forged.js';
import { transportCase } from './transport-case.js';
import { takenOrRefused, unusual, withOptions } from './unusual.js';
import type { Way } from './unusual.js';

const RULE = 'What cannot be read is refused with 4xx; what is acknowledged is applied.';

/** The run's content type under another charset. */
const inCharset = ({ facts }: CaseContext, charset: string): string =>
  `${facts.contentType.split(';')[0] ?? ''}; charset=${charset}`;

const BOUNDARY = 'hookproof-boundary';

const asForm = (token: string): string =>
  [
    `--${BOUNDARY}`,
    'Content-Disposition: form-data; name="token"',
    '',
    token,
    `--${BOUNDARY}--`,
    '',
  ].join('\r\n');

/** What a Content-Type says about the bytes of the body. */
export const charsetCases: readonly ContractCase[] = [
  transportCase(unusual, {
    slug: 'utf-16',
    catalogue: 'P08',
    title: 'stays calm at a body in UTF-16, or one that only says so',
    rule: RULE,
    source: 'RFC 9110 §8.3.2',
    severity: 'low',
    level: 'should',
    run: async (context) => {
      const contentType = inCharset(context, 'utf-16');
      const inUtf16: Way = {
        label: 'in UTF-16',
        request: (token) => ({
          body: Buffer.from(`\ufeff${token}`, 'utf16le'),
          options: { contentType },
        }),
      };
      return takenOrRefused(context, [withOptions('labelled UTF-16', { contentType }), inUtf16]);
    },
  }),
  transportCase(unusual, {
    slug: 'unknown-charset',
    catalogue: 'P09',
    title: 'stays calm at a charset that does not exist',
    rule: RULE,
    source: 'RFC 9110 §15.5.16',
    severity: 'low',
    level: 'should',
    run: async (context) =>
      takenOrRefused(
        context,
        ['x-unknown', '"', ''].map((charset) =>
          withOptions(`charset=${charset}`, { contentType: inCharset(context, charset) }),
        ),
      ),
  }),
  bypassCase({
    slug: 'two-content-types-forged',
    catalogue: 'P10',
    title: 'refuses forgeries under two content types',
    severity: 'low',
    level: 'should',
    source: 'parser and check that read different ones (RFC 9110 §5.3)',
    variants: ({ facts }) =>
      ['application/json', 'text/plain'].flatMap((other) => [
        {
          label: `${facts.contentType}, then ${other}`,
          options: { headers: [['Content-Type', other] as const] },
        },
        {
          label: `${other}, then ${facts.contentType}`,
          options: {
            contentType: other,
            headers: [['Content-Type', facts.contentType] as const],
          },
        },
      ]),
  }),
  transportCase(unusual, {
    slug: 'form-field',
    catalogue: 'P11',
    title: 'stays calm at the token as a field of a form',
    rule: RULE,
    source: 'RFC 7578',
    severity: 'info',
    level: 'may',
    run: async (context) =>
      takenOrRefused(context, [
        {
          label: 'multipart/form-data',
          request: (token) => ({
            body: asForm(token),
            options: { contentType: `multipart/form-data; boundary=${BOUNDARY}` },
          }),
        },
      ]),
  }),
];
