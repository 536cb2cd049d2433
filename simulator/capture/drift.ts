/** What captured deliveries hold that the catalogue does not model, or models otherwise. */
import { findPair, pairs } from '../catalog/pairs.js';
import { eventSchemaOf } from '../catalog/schemas.js';
import type { CapturedDelivery } from './captured.js';
import { say } from '../../language/say.js';

/**
 * `event`: a pair of type and action that there is not; `field`: one too many or too few; `type`,
 * `value` and `format`: what stands in a field; `claim`: the token's payload around the events;
 * `header`: the token's or the request's; `body`: no token at all.
 */
export type DriftKind =
  'event' | 'field' | 'type' | 'value' | 'format' | 'claim' | 'header' | 'body';

/** What captured deliveries hold that the catalogue does not model. */
export interface Drift {
  readonly kind: DriftKind;
  /** `checks.finished`; null for what is not about an event of the catalogue. */
  readonly event: string | null;
  /** `object.scores.*.score`, or a header's name. */
  readonly where: string;
  readonly what: string;
  readonly times: number;
  /** Of the first delivery that showed it. */
  readonly firstAt: string;
  /** An example of the event, to look it up; null where there is none. */
  readonly firstEventId: string | null;
}

type Found = Omit<Drift, 'times' | 'firstAt'>;
type Fields = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return say`a list`;
  if (typeof value === 'number') {
    return Number.isInteger(value) ? say`a whole number` : say`a number`;
  }
  if (typeof value === 'string') return say`a text`;
  return typeof value === 'boolean' ? say`true or false` : say`an object`;
};

const valueAt = (root: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, name) => (Object(value) as Record<PropertyKey, unknown>)[name],
    root,
  );

/** Rows of a list are alike: their numbers would only make the table long. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.map((name) => (typeof name === 'number' ? '*' : String(name))).join('.');

const SHOWN_CHARACTERS = 40;

const shown = (value: unknown): string => {
  if (typeof value !== 'string' && typeof value !== 'number') return kindOf(value);
  return JSON.stringify(value).slice(0, SHOWN_CHARACTERS);
};

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly values?: readonly unknown[];
  readonly message: string;
}

const wordsOf = (issue: Issue, value: unknown): Pick<Found, 'kind' | 'what'> => {
  if (value === undefined) return { kind: 'field', what: say`is missing` };
  if (issue.code === 'invalid_type') {
    return {
      kind: 'type',
      what: say`${kindOf(value)}, modelled as ${issue.expected ?? 'another'}`,
    };
  }
  if (issue.code === 'invalid_value') {
    const values = (issue.values ?? []).map((one) => String(one)).join(', ');
    return { kind: 'value', what: say`${shown(value)}, modelled: ${values}` };
  }
  if (issue.code === 'invalid_format') {
    return { kind: 'format', what: say`${shown(value)} is written in another way` };
  }
  return { kind: 'value', what: `${shown(value)}: ${issue.message}` };
};

const driftOfEvent = (event: unknown): readonly Found[] => {
  if (!isObject(event)) {
    return [
      { kind: 'event', event: null, where: 'events.*', what: kindOf(event), firstEventId: null },
    ];
  }
  const { event_type: type, event_action: action, id } = event;
  const firstEventId = typeof id === 'string' ? id : null;
  const pair = pairs.find((one) => one.eventType === type && one.action === action);
  if (pair === undefined) {
    const where = `${String(type)} ${String(action)}`;
    return [{ kind: 'event', event: null, where, what: say`no such event`, firstEventId }];
  }
  const { name } = findPair(pair.name);
  const checked = eventSchemaOf(name).safeParse(event);
  const issues: readonly Issue[] = checked.error?.issues ?? [];
  return issues.flatMap((issue): readonly Found[] => {
    const found = { event: name, firstEventId };
    if (issue.code === 'unrecognized_keys') {
      return (issue.keys ?? []).map((key) => ({
        ...found,
        kind: 'field',
        where: placeOf([...issue.path, key]),
        what: say`${kindOf(valueAt(event, [...issue.path, key]))}, not modelled`,
      }));
    }
    return [
      { ...found, where: placeOf(issue.path), ...wordsOf(issue, valueAt(event, issue.path)) },
    ];
  });
};

const aboutToken = (kind: DriftKind, where: string, what: string): Found => ({
  kind,
  event: null,
  where,
  what,
  firstEventId: null,
});

const driftOfClaims = (payload: unknown): readonly Found[] => {
  if (!isObject(payload)) return [aboutToken('claim', 'payload', kindOf(payload))];
  const { events, iat, iss, ...others } = payload;
  const list: readonly unknown[] | undefined = Array.isArray(events) ? events : undefined;
  const wrong = (name: string, what: string, isWrong: boolean): readonly Found[] =>
    isWrong ? [aboutToken('claim', name, what)] : [];
  return [
    ...Object.entries(others).flatMap(([name, value]) =>
      wrong(name, say`${kindOf(value)}, not modelled`, true),
    ),
    ...wrong('iat', say`${kindOf(iat)}, modelled as a whole number`, !Number.isInteger(iat)),
    ...wrong('iss', say`${shown(iss)}, modelled: Truora`, iss !== 'Truora'),
    ...wrong('events', kindOf(events), list === undefined),
    ...wrong('events', say`is empty`, list?.length === 0),
    ...(list ?? []).flatMap(driftOfEvent),
  ];
};

const driftOfTokenHeader = (header: Fields): readonly Found[] => {
  const { alg, typ, ...others } = header;
  return [
    ...(alg === 'HS256'
      ? []
      : [aboutToken('header', say`token: alg`, say`${shown(alg)}, modelled: HS256`)]),
    ...(typ === 'JWT'
      ? []
      : [aboutToken('header', say`token: typ`, say`${shown(typ)}, modelled: JWT`)]),
    ...Object.entries(others).map(([name, value]) =>
      aboutToken('header', say`token: ${name}`, say`${kindOf(value)}, not modelled`),
    ),
  ];
};

/** What any client sends, and what proxies and tunnels add. */
const ORDINARY =
  /^(?:host|content-(?:type|length|encoding)|transfer-encoding|connection|keep-alive|user-agent|accept(?:-[a-z]+)?|date|expect|te|trailer|via|forwarded|x-forwarded-[a-z-]+|x-real-ip|x-request-id|x-amzn-[a-z-]+|x-cloud-trace-context|traceparent|tracestate|baggage|cf-[a-z-]+|cdn-loop|sec-[a-z-]+|priority|upgrade-insecure-requests|cache-control|pragma)$/i;

const driftOfRequest = ({ method, headers }: CapturedDelivery): readonly Found[] => {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return [
    ...(method === 'POST' ? [] : [aboutToken('header', 'method', say`${method}, modelled: POST`)]),
    ...(type === 'application/jwt'
      ? []
      : [aboutToken('header', 'Content-Type', say`${shown(type)}, modelled: application/jwt`)]),
    ...headers
      .filter(([name]) => !ORDINARY.test(name))
      .map(([name]) => aboutToken('header', name, say`not modelled`)),
  ];
};

const driftOf = (delivery: CapturedDelivery): readonly Found[] => {
  const { body, header, payload } = delivery;
  if (body !== 'token') return [aboutToken('body', delivery.method, say`${body}, modelled: token`)];
  return [
    ...driftOfRequest(delivery),
    ...driftOfTokenHeader(header ?? {}),
    ...driftOfClaims(payload),
  ];
};

/** Each kind of drift once, with how often it was seen; those about events last. */
export const findDrift = (deliveries: readonly CapturedDelivery[]): readonly Drift[] => {
  const drifts = new Map<string, Drift>();
  for (const delivery of deliveries) {
    for (const found of driftOf(delivery)) {
      const { kind, event, where, what } = found;
      const key = JSON.stringify([kind, event, where, what]);
      const known = drifts.get(key) ?? { ...found, times: 0, firstAt: delivery.at };
      drifts.set(key, { ...known, times: known.times + 1 });
    }
  }
  return [...drifts.values()].toSorted(
    (one, other) =>
      compare(one.event ?? '', other.event ?? '') ||
      compare(one.kind, other.kind) ||
      compare(one.where, other.where),
  );
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
