/** Asks the control API; the token travels in a header only. */
import { ApiError, problemOf } from './problem.js';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Client {
  /**
   * @throws {ApiError} for any answer outside 2xx
   */
  readonly ask: <T>(
    method: Method,
    path: string,
    body?: unknown,
    signal?: AbortSignal,
  ) => Promise<T>;
  /** An answer that goes on; its caller reads and ends it. */
  readonly open: (path: string, signal: AbortSignal) => Promise<Response>;
}

const parse = (text: string): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

export const createClient = (token: string, onUnauthorized: () => void): Client => {
  const send = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> },
  ): Promise<Response> => {
    const answer = await fetch(`/_hookproof${path}`, {
      ...init,
      cache: 'no-store',
      credentials: 'omit',
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
    if (answer.ok) return answer;
    if (answer.status === 401) onUnauthorized();
    throw new ApiError(problemOf(answer.status, parse(await answer.text())));
  };
  return {
    ask: async <T>(method: Method, path: string, body?: unknown, signal?: AbortSignal) => {
      const answer = await send(path, {
        method,
        signal: signal ?? null,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      return parse(await answer.text()) as T;
    },
    open: (path, signal) => send(path, { signal, headers: { accept: 'text/event-stream' } }),
  };
};
