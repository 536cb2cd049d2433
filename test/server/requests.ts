/** Requests made up from the OpenAPI document: right ones, and wrong in all the usual ways. */
import fc from 'fast-check';
import type { Json, OpenApi } from './documented.js';
import { createValues, knownIds, weirdTexts } from './values.js';

/** A request before ids are put into it. */
export interface Draft {
  /** As it stands in the document; undefined for one that does not. */
  readonly path: string | undefined;
  readonly method: string;
  /** The path's parts and the query's values. */
  readonly parts: readonly unknown[];
  readonly query: readonly (readonly [name: string, value: unknown])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body:
    | undefined
    | { readonly kind: 'text'; readonly text: string }
    | { readonly kind: 'json' | 'form'; readonly value: unknown };
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema: Json;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json }>> };
}

/** More than any body may be. */
const HUGE = 'x'.repeat(2 ** 20 + 1);

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE'];

/** How often an operation is asked: what makes work for all later requests comes seldom. */
const weightOf = (path: string, method: string): number => {
  if (path.endsWith('/emit') || path.endsWith('/lifecycle') || path.endsWith('/advance')) return 3;
  if (path.endsWith('/hooks') && method === 'post') return 2;
  return path === '/metrics' ? 1 : 4;
};

/** What a path's id begins with, by what comes before it. */
const KINDS: Readonly<Record<string, string>> = {
  events: 'HKE',
  hooks: 'HOK',
  mails: 'mail',
  resources: 'resource',
  checks: 'CHK',
  'continuous-checks': 'CCK',
  processes: 'IDP',
  validations: 'VLD',
  signals: 'SIG',
  outbounds: 'OTB',
  sessions: 'WDI',
};

const kindOf = (path: string): string => {
  const [, collection = ''] = /\/([\w-]+)\/\{/.exec(path) ?? [];
  return KINDS[collection] ?? 'resource';
};

/** Texts that stay one part of a path, and the one that was meant. */
const parts = (path: string): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 8, arbitrary: knownIds(kindOf(path)) },
    { weight: 1, arbitrary: fc.constantFrom('HOK0', 'HKE1', '%00', '%E0%A4%A', '%ZZ', 'x y') },
    { weight: 1, arbitrary: weirdTexts.filter((text) => !['.', '..', 'events'].includes(text)) },
  );

const authorized = (path: string): Readonly<Record<string, string>> =>
  path.startsWith('/_hookproof')
    ? { Authorization: 'Bearer right' }
    : { 'Truora-API-Key': 'right' };

const headersOf = (path: string): fc.Arbitrary<Readonly<Record<string, string>>> => {
  const right = authorized(path);
  return fc.oneof(
    { weight: 40, arbitrary: fc.constant(right) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        {},
        { Authorization: 'Basic cmlnaHQ=' },
        { 'X-Hookproof-Token': 'wrong', 'Truora-API-Key': 'wrong' },
        { ...right, Origin: 'https://evil.test' },
        { ...right, Host: 'evil.test' },
        { ...right, 'Content-Encoding': 'gzip' },
      ),
    },
  );
};

const drafts = (
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
  valuesOf: ReturnType<typeof createValues>,
): fc.Arbitrary<Draft> => {
  const [mediaType, media] = Object.entries(requestBody?.content ?? {})[0] ?? [];
  const kind = mediaType === 'application/json' ? 'json' : 'form';
  const right = media === undefined ? fc.constant({}) : valuesOf(media.schema);
  const wrong = fc
    .tuple(right, fc.string({ maxLength: 10 }), fc.oneof(fc.jsonValue(), weirdTexts), fc.nat())
    .map(([value, name, other, index]) => {
      const fields = Object.keys(value as Json);
      return { ...(value as Json), [fields[index % (fields.length + 1)] ?? name]: other };
    });
  const bodies: fc.Arbitrary<Draft['body']> =
    mediaType === undefined
      ? fc.oneof(
          { weight: 30, arbitrary: fc.constant(undefined) },
          { weight: 1, arbitrary: fc.constant({ kind: 'text' as const, text: 'stray' }) },
        )
      : fc.oneof(
          { weight: 20, arbitrary: fc.record({ kind: fc.constant(kind), value: right }) },
          { weight: 8, arbitrary: fc.record({ kind: fc.constant(kind), value: wrong }) },
          { weight: 2, arbitrary: fc.record({ kind: fc.constant(kind), value: fc.jsonValue() }) },
          { weight: 1, arbitrary: fc.constant(undefined) },
          {
            weight: 1,
            arbitrary: fc
              .constantFrom('', '{', '[1,', '"\\ud800"', '%%%=&', '\u0000', HUGE)
              .map((text) => ({
                kind: 'text' as const,
                text,
              })),
          },
        );
  const mediaTypes = fc.oneof(
    { weight: 40, arbitrary: fc.constant(mediaType) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        'application/json',
        'application/json; charset=utf-8',
        'application/x-www-form-urlencoded',
        'multipart/form-data',
        'text/plain',
        'nonsense',
        undefined,
      ),
    },
  );
  const queries = parameters
    .filter((parameter) => parameter.in === 'query')
    .map(({ name, schema }) =>
      fc.option(
        fc.tuple(
          fc.constant(name),
          fc.oneof(
            { weight: 5, arbitrary: valuesOf(schema, name) },
            { weight: 1, arbitrary: weirdTexts },
          ),
        ),
        { nil: undefined },
      ),
    );
  return fc
    .record({
      methods: fc.oneof(
        { weight: 40, arbitrary: fc.constant(method.toUpperCase()) },
        { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
      ),
      parts: fc.tuple(...(path.match(/\{\w+\}/g) ?? []).map(() => parts(path))),
      query: fc.tuple(...queries),
      headers: headersOf(path),
      mediaType: mediaTypes,
      body: bodies,
    })
    .map(({ methods, query, headers, mediaType: type, ...rest }) => ({
      path,
      method: methods,
      ...rest,
      query: query.filter((one) => one !== undefined),
      headers: type === undefined ? headers : { ...headers, 'Content-Type': type },
    }));
};

/** Paths that there are not. */
const strays: fc.Arbitrary<Draft> = fc.record({
  path: fc.constant(undefined),
  method: fc.constantFrom(...METHODS),
  parts: fc.tuple(
    fc.constantFrom('_hookproof', 'v1', 'v9', 'events', 'hooks', ''),
    weirdTexts.filter((text) => !['.', '..'].includes(text)),
    fc.constantFrom('a', 'b c', '%00'),
  ),
  query: fc.constant([]),
  headers: fc.constantFrom(authorized('/_hookproof'), authorized('/v1'), {}),
  body: fc.constant(undefined),
});

/** Any request that the document, or somebody who has not read it, can think of. */
export const requestsOf = ({ paths, components }: OpenApi): fc.Arbitrary<Draft> => {
  const valuesOf = createValues(components.schemas);
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      weight: weightOf(path, method),
      arbitrary: drafts(path, method, operation as Operation, valuesOf),
    })),
  );
  return fc.oneof(...operations, { weight: 3, arbitrary: strays });
};
