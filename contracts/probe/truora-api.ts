/** What Truora's API tells of the events that there were: the Events API, and their resources. */
import { pairs, resourceIdOf } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';

/** The events that a receiver may ask for, and the answers to its questions. */
export interface TruoraApi {
  /** Makes events appear in the answers of `GET /events`, newest first, in pages of this size. */
  readonly publish: (
    events: readonly TruoraEvent[],
    options?: { readonly perPage?: number; readonly overlap?: number },
  ) => void;
  /** Lets the resources of events be found, as their newest event left them. */
  readonly know: (events: readonly TruoraEvent[]) => void;
  /** How many times pages were asked for since the last `publish`. */
  readonly asked: () => number;
  /** The JSON of an answer to a GET; undefined for what there is not. */
  readonly answer: (url: URL) => unknown;
}

/** The largest page where no other size is said (an assumption, INF). */
const PER_PAGE = 100;

export const createTruoraApi = (): TruoraApi => {
  let published: readonly TruoraEvent[] = [];
  let pages: readonly (readonly TruoraEvent[])[] = [];
  let asked = 0;
  const resources = new Map<string, TruoraEvent>();
  const know = (events: readonly TruoraEvent[]): void => {
    for (const event of events) {
      const id = resourceIdOf(event);
      const known = resources.get(id);
      if (known === undefined || known.timestamp <= event.timestamp) resources.set(id, event);
    }
  };
  const page = (url: URL): unknown => {
    asked++;
    return pageOf(pages, Number(url.searchParams.get('start_key') ?? 0), url);
  };
  return {
    publish: (events, { perPage = PER_PAGE, overlap = 0 } = {}) => {
      asked = 0;
      published = events;
      pages = paged(events, perPage, overlap);
      know(events);
    },
    know,
    asked: () => asked,
    answer: (url) => {
      const path = url.pathname.replace(/^\/v\d+\//, '/').replace(/^\/hooks\/events/, '/events');
      const [, collection = '', id] = path.split('/').map(decodeURIComponent);
      if (collection === 'events') {
        if (id === undefined) return page(url);
        const found = published.find((event) => keyOf(event) === id);
        return found && rowOf(found);
      }
      const known = resources.get(id ?? '');
      return known && describe(collection, known);
    },
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
  { origin }: URL,
): unknown => {
  const base = `${origin}/v1/hooks/events`;
  return {
    events: (pages[start] ?? []).map(rowOf),
    self: start === 0 ? base : `${base}?start_key=${start}`,
    next: start + 1 < pages.length ? `${base}?start_key=${start + 1}` : '',
  };
};

/** That this key and the delivered one are the same value is an assumption (INF). */
const keyOf = ({ id, idempotency_key: key }: TruoraEvent): string => key ?? id;

/** A row of the Events API (REF): the object is a JSON text, the key is `idempotency_key`. */
const rowOf = (event: TruoraEvent): unknown => {
  const { id, event_type: type, event_action: action, timestamp } = event;
  return {
    client_id: `TCI${'0'.repeat(32)}`,
    product: pairs.find((pair) => pair.eventType === type && pair.action === action)?.product ?? '',
    ...(id === undefined ? {} : { id }),
    idempotency_key: keyOf(event),
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
