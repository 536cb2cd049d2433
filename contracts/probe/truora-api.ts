/** What Truora's API tells of the events that there were: the Events API, and their resources. */
import {
  eventKeyOf,
  eventRow,
  eventsPerPage,
  pageLinks,
  readTruoraPath,
  resourceDocument,
  resourceIdOf,
} from '../../simulator/index.js';
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
    publish: (events, { perPage = eventsPerPage, overlap = 0 } = {}) => {
      asked = 0;
      published = events;
      pages = paged(events, perPage, overlap);
      know(events);
    },
    know,
    asked: () => asked,
    answer: (url) => {
      const asks = readTruoraPath(url.pathname);
      if (asks?.kind === 'events') return page(url);
      if (asks?.kind === 'event') {
        const found = published.find((event) => eventKeyOf(event) === asks.key);
        return found && eventRow(found);
      }
      const known = asks && resources.get(asks.id);
      return known && resourceDocument(asks.collection, known.object);
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
): unknown => ({
  events: (pages[start] ?? []).map((event) => eventRow(event)),
  ...pageLinks(
    `${origin}/v1/hooks/events`,
    start === 0 ? undefined : String(start),
    start + 1 < pages.length ? String(start + 1) : undefined,
  ),
});
