import { listen } from './listen.js';

/** A listener that only what an unverified token names would make the receiver call. */
export interface Canary {
  readonly urlOf: (path: string) => string;
  /** Requests that came for a path. */
  readonly hits: (path: string) => number;
  /** What a path answers; 404 by default. */
  readonly serve: (path: string, body: string) => void;
}

/** Opens a listener that nothing but an unverified token names. */
export const openCanary = async (): Promise<Canary & { readonly close: () => Promise<void> }> => {
  const hits = new Map<string, number>();
  const answers = new Map<string, string>();
  const { url, close } = await listen(0, 'the canary', (request, response) => {
    const path = request.url ?? '/';
    hits.set(path, (hits.get(path) ?? 0) + 1);
    const body = answers.get(path);
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(body ?? '{}');
    request.resume();
  });
  return {
    urlOf: (path) => `${url}${path}`,
    hits: (path) => hits.get(path) ?? 0,
    serve: (path, body) => {
      answers.set(path, body);
    },
    close,
  };
};
