/**
 * Truora's API as a receiver that polls sees it: `GET /v1/hooks/events` and the resources of the
 * events that were delivered.
 */
import { pairs, resourceIdOf } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { listen } from './listen.js';

/** Truora's Events API, served to the receiver by hookproof while a run goes on. */
export interface EventsApi {
  readonly url: string;
  /** Makes events appear in the answers of `GET /events`, newest first, in pages of this size. */
  readonly publish: (
    events: readonly TruoraEvent[],
    options?: { readonly perPage?: number; readonly overlap?: number },
  ) => void;
  /** How many times pages were asked for since the last `publish`. */
  readonly asked: () => number;
}

export interface ServedApi extends EventsApi {
  /** Lets the resource of a delivered event be found. */
  readonly know: (events: readonly TruoraEvent[]) => void;
  readonly close: () => Promise<void>;
}

/** The largest page that is served where the case does not say. */
const PER_PAGE = 100;

/** Opens the API on the loopback address; port 0 takes a free one. */
export const openEventsApi = async (port: number): Promise<ServedApi> => {
  let pages: readonly (readonly TruoraEvent[])[] = [];
  let asked = 0;
  const resources = new Map<string, TruoraEvent>();
  const answer = (target: string): unknown => {
    const url = new URL(target, 'http://api');
    const [first = '', ...rest] = url.pathname
      .replace(/^\/v\d+\//, '/')
      .split('/')
      .slice(1);
    if (first === 'events' || (first === 'hooks' && rest[0] === 'events')) {
      asked++;
      return pageOf(pages, Number(url.searchParams.get('start_key') ?? 0), base());
    }
    const known = resources.get(decodeURIComponent(rest[0] ?? ''));
    return known === undefined ? undefined : describe(first, known);
  };
  const listener = await listen(port, '--api-listen', (request, response) => {
    request.resume();
    const found = request.method === 'GET' ? answer(request.url ?? '/') : undefined;
    response.writeHead(found === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(found ?? { code: 10404, http_code: 404, message: 'not found' }));
  });
  const base = (): string => `${listener.url}/v1/hooks/events`;
  return {
    url: listener.url,
    publish: (events, { perPage = PER_PAGE, overlap = 0 } = {}) => {
      asked = 0;
      pages = paged(events, perPage, overlap);
      for (const event of events) resources.set(resourceIdOf(event), event);
    },
    asked: () => asked,
    know: (events) => {
      for (const event of events) resources.set(resourceIdOf(event), event);
    },
    close: listener.close,
  };
};

/** Pages of a list; each begins with the last `overlap` rows of the page before. */
const paged = (
  events: readonly TruoraEvent[],
  perPage: number,
  overlap: number,
): readonly (readonly TruoraEvent[])[] => {
  const step = Math.max(1, perPage - overlap);
  const count = Math.max(1, Math.ceil((events.length - overlap) / step));
  return Array.from({ length: count }, (_unused, page) =>
    events.slice(page * step, page * step + perPage),
  );
};

const pageOf = (
  pages: readonly (readonly TruoraEvent[])[],
  start: number,
  base: string,
): unknown => ({
  events: (pages[start] ?? []).map(rowOf),
  self: start === 0 ? base : `${base}?start_key=${start}`,
  next: start + 1 < pages.length ? `${base}?start_key=${start + 1}` : '',
});

/** A row of the Events API (REF): the object is a JSON text, the key is `idempotency_key`. */
const rowOf = (event: TruoraEvent): unknown => {
  const { id, idempotency_key: key, event_type: type, event_action: action, timestamp } = event;
  return {
    client_id: `TCI${'0'.repeat(32)}`,
    product: pairs.find((pair) => pair.eventType === type && pair.action === action)?.product ?? '',
    ...(id === undefined ? {} : { id }),
    // That this key and the delivered one are the same value is an assumption (INF).
    idempotency_key: key ?? id,
    event_type: type,
    event_action: action,
    object: JSON.stringify(event.object),
    timestamp,
    update_date: timestamp,
    delivery_attempts: 1,
    delivery_status: 'success',
  };
};

const describe = (collection: string, { object }: TruoraEvent): unknown =>
  collection === 'checks' ? { check: object } : object;
