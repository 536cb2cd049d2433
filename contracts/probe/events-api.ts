/** Truora's API over HTTP, as a receiver that polls sees it. */
import { notFound } from '../../simulator/index.js';
import { listen } from './listen.js';
import { createTruoraApi } from './truora-api.js';
import type { TruoraApi } from './truora-api.js';

/** Truora's Events API, served to the receiver by hookproof while a run goes on. */
export interface EventsApi extends Pick<TruoraApi, 'publish' | 'asked'> {
  readonly url: string;
}

export interface ServedApi extends EventsApi, Pick<TruoraApi, 'know'> {
  readonly close: () => Promise<void>;
}

/** Opens the API on the loopback address; port 0 takes a free one. */
export const openEventsApi = async (port: number): Promise<ServedApi> => {
  const { answer, ...api } = createTruoraApi();
  const listener = await listen(port, '--api-listen', (request, response) => {
    request.resume();
    const url = new URL(request.url ?? '/', listener.url);
    const found = request.method === 'GET' ? answer(url) : undefined;
    response.writeHead(found === undefined ? 404 : 200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify(found ?? notFound));
  });
  return { ...api, url: listener.url, close: listener.close };
};
