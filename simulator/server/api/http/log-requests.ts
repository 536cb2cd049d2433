import type { MiddlewareHandler } from 'hono';
import type { Log } from '../../options.js';

const PATH_LENGTH_MAX = 200;

/** Programs that watch ask these all the time. */
const QUIET = ['/healthz', '/readyz', '/metrics'];

/** Logs each request: never its query, its headers or its body, where keys and tokens are. */
export const logRequests =
  (log: Log): MiddlewareHandler =>
  async (context, next) => {
    const startedMs = performance.now();
    await next();
    const { method, path } = context.req;
    const facts = {
      method,
      path: path.slice(0, PATH_LENGTH_MAX),
      status: context.res.status,
      ms: Math.round(performance.now() - startedMs),
    };
    if (QUIET.includes(path)) log.debug(facts, 'request');
    else log.info(facts, 'request');
  };
