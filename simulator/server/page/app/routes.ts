/** Addresses of views: `#/events/HKE…`, `#/events?search=x`. */

export const views = ['hooks', 'events', 'emit', 'mails', 'clock', 'drill'] as const;

export type View = (typeof views)[number];

export interface Route {
  readonly view: View;
  /** What the view is about, where it is one thing. */
  readonly id: string | undefined;
  readonly query: Readonly<Record<string, string>>;
}

const isView = (text: string | undefined): text is View => views.some((view) => view === text);

const decode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Reads a fragment; whatever is not known leads to the hooks. */
export const parseRoute = (fragment: string): Route => {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?');
  const [view, id] = path.split('/');
  return {
    view: isView(view) ? view : 'hooks',
    id: id === undefined || id === '' ? undefined : decode(id),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
};

export const linkTo = (
  view: View,
  id?: string,
  query: Readonly<Record<string, string>> = {},
): string => {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(given).toString();
  return `#/${view}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${text === '' ? '' : `?${text}`}`;
};

/** The token of `#token=…`, where the fragment is one. */
export const tokenIn = (fragment: string): string | undefined =>
  fragment.startsWith('#token=')
    ? (new URLSearchParams(fragment.slice(1)).get('token') ?? undefined)
    : undefined;
