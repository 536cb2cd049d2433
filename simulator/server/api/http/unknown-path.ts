/** What is answered where there is no route: which methods there are, or which path was meant. */
import type { Context, Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { nearest } from '../../../core/nearest.js';
import type { ApiEnv } from '../options.js';
import { HttpError, isTruoras } from './errors.js';

/** Longer ones are like no path. */
const PATH_LENGTH_MAX = 100;

/** Refuses what the routes of an API do not know. Made once all of them are there. */
export const createUnknownPath = ({ routes }: Hono<ApiEnv>) => {
  const methodsOf = new Map<string, readonly string[]>();
  for (const { method, path } of routes) {
    if (method !== 'ALL') methodsOf.set(path, [...(methodsOf.get(path) ?? []), method]);
  }
  const router = new TrieRouter<readonly string[]>();
  for (const [path, methods] of methodsOf) router.add('ALL', path, methods);
  return ({ req }: Context): Response => {
    const [methods] = router.match('ALL', req.path)[0].map(([found]) => found);
    if (methods !== undefined) {
      const allowed = [...new Set(methods)].join(', ');
      throw new HttpError(
        405,
        'method_not_allowed',
        `${req.method} is not for this path`,
        `use ${allowed}`,
        { Allow: allowed },
      );
    }
    const meant = nearest(req.path.slice(0, PATH_LENGTH_MAX), [...methodsOf.keys()]);
    throw new HttpError(
      404,
      'not_found',
      isTruoras(req.path) ? 'not found' : 'there is no such path',
      meant === undefined
        ? 'the reference at /reference lists all paths'
        : `did you mean ${meant}? The reference at /reference lists all paths`,
    );
  };
};
