/** The token vectors: what the verification cases send, as data that any language can read. */
import { verificationCases } from '../../contracts/verification/index.js';
import { KEY, NOW_SECONDS, captureAll } from '../verification/capture.js';
import type { Sent } from '../verification/capture.js';

/** A text, so many times over. */
export interface Part {
  readonly text: string;
  readonly times: number;
}

/** One body, and what a right receiver makes of it. */
export interface Vector {
  readonly id: string;
  /** The case that sends it. */
  readonly case: string;
  readonly comment: string;
  /** Exactly one of the three is there. */
  readonly body?: string;
  readonly bodyBase64?: string;
  readonly construction?: readonly Part[];
  readonly result: 'must-accept' | 'must-reject' | 'either';
  readonly level: 'must' | 'should';
  readonly source: string;
}

/** All vectors of one family of cases. */
export interface VectorFile {
  readonly $schema: string;
  readonly comment: string;
  readonly family: string;
  readonly key: string;
  readonly nowSeconds: number;
  readonly vectors: readonly Vector[];
}

const RESULTS = {
  genuine: 'must-accept',
  hostile: 'must-reject',
  oddity: 'either',
} as const;

/** Small events, documented, of a product that most receivers know. */
const PAIR = 'checks.created';

const WRITTEN_OUT_BYTES = 8 * 1024;

/** Takes long runs apart: their unit is at most four characters, as base64 repeats itself. */
const constructionOf = (text: string): readonly Part[] => {
  const parts: Part[] = [];
  let from = 0;
  for (const run of text.matchAll(/(?<unit>.{1,4}?)\k<unit>{199,}/gs)) {
    const unit = run.groups?.['unit'] ?? '';
    if (run.index > from) parts.push({ text: text.slice(from, run.index), times: 1 });
    parts.push({ text: unit, times: run[0].length / unit.length });
    from = run.index + run[0].length;
  }
  return from < text.length ? [...parts, { text: text.slice(from), times: 1 }] : parts;
};

const contentOf = ({ body, text }: Sent): Pick<Vector, 'body' | 'bodyBase64' | 'construction'> => {
  if (!body.equals(Buffer.from(text))) return { bodyBase64: body.toString('base64') };
  return body.length > WRITTEN_OUT_BYTES ? { construction: constructionOf(text) } : { body: text };
};

const casesOf = (catalogue: string): number =>
  verificationCases.filter((one) => one.kind === 'sends' && one.catalogue === catalogue).length;

/** The row, and what tells its bodies apart where there are several. */
const idOf = ({ one, label }: Sent, all: readonly Sent[]): string =>
  [
    one.catalogue,
    ...(casesOf(one.catalogue) > 1 ? [one.id.replace('verification/', '')] : []),
    ...(all.filter(({ id }) => id === one.id).length > 1 ? [label] : []),
  ].join('/');

const vectorOf = (sent: Sent, all: readonly Sent[]): Vector => ({
  id: idOf(sent, all),
  case: sent.id,
  comment: `${sent.one.title}: ${sent.label}`,
  ...contentOf(sent),
  result: RESULTS[sent.intent],
  level: sent.one.level === 'must' ? 'must' : 'should',
  source: sent.one.source,
});

/** The files of `fixtures/tokens`, by their names. */
export const generateVectors = async (): Promise<Readonly<Record<string, VectorFile>>> => {
  const all = await captureAll({ pairNames: [PAIR] });
  const families = [...new Set(all.map(({ one }) => one.family))];
  return Object.fromEntries(
    families.map((family) => [
      `${family}.json`,
      {
        $schema: './vectors.schema.json',
        comment: 'Test data: the key is printed here for everybody and protects nothing.',
        family,
        key: KEY,
        nowSeconds: NOW_SECONDS,
        vectors: all.filter(({ one }) => one.family === family).map((sent) => vectorOf(sent, all)),
      },
    ]),
  );
};

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The text of a file; what cannot be seen in an editor is escaped. */
export const fileText = (file: VectorFile): string =>
  `${JSON.stringify(file, null, 2).replaceAll(/[\p{Cf}\p{Zl}\p{Zp}]/gu, escape)}\n`;

/** The body of a vector, as a sender would put it on the wire. */
export const bodyOf = ({ body, bodyBase64, construction }: Vector): Buffer => {
  if (bodyBase64 !== undefined) return Buffer.from(bodyBase64, 'base64');
  const parts = construction ?? [{ text: body ?? '', times: 1 }];
  return Buffer.from(parts.map(({ text, times }) => text.repeat(times)).join(''));
};
