/** What a path of Truora's API asks for. */
export type TruoraPath =
  | { readonly kind: 'events' }
  | { readonly kind: 'event'; readonly key: string }
  | { readonly kind: 'resource'; readonly collection: string; readonly id: string };

/**
 * Reads the path of a GET: `/v1/hooks/events`, `/v1/events` and `/events` are one list (REF, DOC), a
 * process's `/result` is the process (REF). Undefined for what is no path of the API.
 */
export const readTruoraPath = (pathname: string): TruoraPath | undefined => {
  const path = pathname.replace(/^\/v\d+\//, '/').replace(/^\/hooks\/events(?=\/|$)/, '/events');
  const [, collection = '', id = '', rest, ...more] = path.split('/').map(decoded);
  if (more.length > 0) return undefined;
  if (collection === 'events' && rest === undefined) {
    return id === '' ? { kind: 'events' } : { kind: 'event', key: id };
  }
  if (id === '' || (rest !== undefined && (collection !== 'processes' || rest !== 'result'))) {
    return undefined;
  }
  return { kind: 'resource', collection, id };
};

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
