/**
 * Replaces what may be personal in a payload, and keeps what a program goes by: types, shapes, the
 * ids of events, the prefixes of other ids, words such as a status, instants and scores. A value is
 * kept only if its name says that it is such a one; everything else keeps its shape alone.
 */

/** `CHK` and the like, then hexadecimal characters. */
const IDENTIFIER = /^([A-Z]{3})([0-9a-f]{32}|[0-9a-f]{40})$/;

/** Names whose values come from a list: `status`, `declined_reason`, `document_type`. */
const WORD_NAME =
  /(?:^|_)(?:status|type|action|country|reason|via|risk|set|version|level|verdict|language|product|event)$/;
const WORD = /^[A-Za-z][\w-]{0,63}$/;

const INSTANT_NAME = /^(?:creation_date|update_date|timestamp|creation_time|update_time)$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

const COUNT_NAME = /(?:^|_)(?:score|version|asked|correctly|iat|exp|nbf)$/;

/** Fields of an event that are no one's: they say which event it is. */
const EVENT_FIELDS = new Set([
  'id',
  'idempotency_key',
  'event_type',
  'event_action',
  'version',
  'timestamp',
]);

/** Enumerated, and personal all the same: any other member does as well. */
const GENDERS = new Set(['female', 'male']);

/** Puts another id in an id's place, always the same: hexadecimal characters, as many as asked for. */
export type Pseudonym = (id: string, length: number) => string;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Letters become x and digits 1: what is left is how it was written. */
const shapeOf = (text: string): string => {
  if (INSTANT.test(text)) return text.replaceAll(/\d/g, '1').replace(/[+-]11:11$/, '+01:00');
  const [, scheme = '', rest = text] = /^(https?:\/\/)([\s\S]*)$/.exec(text) ?? [];
  if (/^[0-9a-f]*:[0-9a-f:]+$/i.test(text)) return '2001:db8::1';
  return (
    scheme +
    rest
      .replaceAll(/[\p{L}\p{M}]/gu, (letter) => (/\p{Lu}/u.test(letter) ? 'X' : 'x'))
      .replaceAll(/\p{N}/gu, '1')
      .replaceAll(/[\p{Extended_Pictographic}\p{Cf}\p{Emoji_Modifier}\u{1F1E6}-\u{1F1FF}]/gu, '*')
  );
};

const redactText = (name: string, text: string, pseudonym: Pseudonym): string => {
  const [, prefix, hex] = IDENTIFIER.exec(text) ?? [];
  if (prefix !== undefined && hex !== undefined) {
    return prefix === 'HKE' || prefix === 'HIK' ? text : prefix + pseudonym(text, hex.length);
  }
  if (WORD_NAME.test(name) && WORD.test(text)) return text;
  if (INSTANT_NAME.test(name) && INSTANT.test(text)) return text;
  return name === 'gender' && GENDERS.has(text) ? 'female' : shapeOf(text);
};

const redactNumber = (name: string, value: number): number => {
  if (COUNT_NAME.test(name) || value === 0) return value;
  return Math.sign(value) * (Number.isInteger(value) ? 1 : 0.5);
};

/** A name may hold what is personal, where names are data. */
const redactName = (name: string): string =>
  /^[A-Za-z_][A-Za-z_-]*\d{0,2}$/.test(name) ? name : shapeOf(name);

const redact = (name: string, value: unknown, pseudonym: Pseudonym): unknown => {
  if (typeof value === 'string') return redactText(name, value, pseudonym);
  if (typeof value === 'number') return redactNumber(name, value);
  if (Array.isArray(value)) return value.map((item) => redact(name, item, pseudonym));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([inner, item]) => [
      redactName(inner),
      redact(inner, item, pseudonym),
    ]),
  );
};

const redactEvent = (event: unknown, pseudonym: Pseudonym): unknown => {
  if (!isObject(event)) return redact('', event, pseudonym);
  return Object.fromEntries(
    Object.entries(event).map(([name, value]) => [
      redactName(name),
      EVENT_FIELDS.has(name) ? value : redact(name, value, pseudonym),
    ]),
  );
};

/** A copy of a token's payload without what may be personal. */
export const redactPayload = (payload: unknown, pseudonym: Pseudonym): unknown => {
  if (!isObject(payload)) return redact('', payload, pseudonym);
  return Object.fromEntries(
    Object.entries(payload).map(([name, value]) => {
      if (name === 'events' && Array.isArray(value)) {
        return [name, value.map((event) => redactEvent(event, pseudonym))];
      }
      if (name === 'iss' || name === 'iat') return [name, value];
      return [redactName(name), redact(name, value, pseudonym)];
    }),
  );
};

/** A copy of a token's header: what names algorithms and types stays. */
export const redactHeader = (
  header: Readonly<Record<string, unknown>>,
  pseudonym: Pseudonym,
): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(header).map(([name, value]) => [
      name,
      ['alg', 'typ', 'cty'].includes(name) ? value : redact(name, value, pseudonym),
    ]),
  );
