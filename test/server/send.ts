/** Sends drafted requests in process, with the ids that the stand-in has told of so far. */
import type { Answered } from './documented.js';
import type { Draft } from './requests.js';
import type { KnownId } from './values.js';

/** Ids by their prefixes and the other names of `KnownId`, the newest last. */
export type Ids = Map<string, string[]>;

const listOf = (ids: Ids, name: string): string[] => {
  const list = ids.get(name) ?? [];
  ids.set(name, list);
  return list;
};

const isKnownId = (value: unknown): value is KnownId =>
  typeof value === 'object' && value !== null && 'known' in value && 'index' in value;

/** Puts ids where their names stand; one that is not known yet is a wrong one. */
const filled = (value: unknown, ids: Ids): unknown => {
  if (isKnownId(value)) {
    const all = listOf(ids, value.known);
    return all[value.index % Math.max(1, all.length)] ?? 'NONE';
  }
  if (Array.isArray(value)) return value.map((one) => filled(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, filled(member, ids)]),
  );
};

/** Percent signs stay as they are: half an escape is a case of its own. */
const encoded = (text: string): string => {
  try {
    return /^%\w/.test(text) ? text : encodeURIComponent(text);
  } catch {
    return '%ED%A0%80';
  }
};

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '');

const formOf = (value: unknown): string =>
  Object.entries(Object(value) as Readonly<Record<string, unknown>>)
    .flatMap(([name, member]) => [member].flat().map((one) => [name, textOf(one)] as const))
    .map(([name, one]) => `${encoded(name)}=${encoded(one)}`)
    .join('&');

const bodyOf = (body: Draft['body'], ids: Ids): string | undefined => {
  if (body === undefined) return undefined;
  if (body.kind === 'text') return body.text;
  const value = filled(body.value, ids);
  return body.kind === 'json' ? JSON.stringify(value) : formOf(value);
};

export const requestOf = (draft: Draft, ids: Ids): Request => {
  const parts = draft.parts.map((part) => encoded(textOf(filled(part, ids))));
  const path =
    draft.path === undefined
      ? `/${parts.join('/')}`
      : draft.path.replaceAll(/\{\w+\}/g, () => parts.shift() ?? '');
  const query = draft.query.map(
    ([name, value]) => `${name}=${encoded(textOf(filled(value, ids)))}`,
  );
  const body = bodyOf(draft.body, ids);
  return new Request(`http://localhost${path}${query.length === 0 ? '' : `?${query.join('&')}`}`, {
    method: draft.method,
    headers: draft.headers,
    body: body === undefined || ['GET', 'HEAD'].includes(draft.method) ? null : body,
  });
};

/** Reads an answer; of a stream only its beginning. */
export const read = async (response: Response): Promise<Answered> => {
  const contentType = response.headers.get('content-type') ?? undefined;
  if (contentType?.startsWith('text/event-stream') !== true) {
    return { status: response.status, contentType, body: await response.text() };
  }
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const first = await reader?.read();
  await reader?.cancel();
  return { status: response.status, contentType, body: first?.value ?? '' };
};

/** Learns ids from an answer. */
export const learn = (body: string, ids: Ids): void => {
  const found = /\b(HOK|HKE|HIK|CHK|CCK|IDP|VLD|SIG|OTB|WDI)[0-9a-f]{32,40}\b/g;
  for (const [id, prefix = ''] of body.matchAll(found)) {
    // An event is found by either of its ids, a resource by its own.
    const names = prefix.startsWith('H')
      ? [prefix === 'HIK' ? 'HKE' : prefix]
      : [prefix, 'resource'];
    for (const name of names) {
      const known = listOf(ids, name);
      if (!known.includes(id)) known.push(id);
    }
  }
  const [, next] = /"next":"([^"]+)"/.exec(body) ?? [];
  if (next !== undefined) listOf(ids, 'startKey').push(next);
};
