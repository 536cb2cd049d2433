/** Truora's part of the API (REF), for receivers and their fallbacks. */
import type { StandIn } from '../../stand-in.js';
import { askApiKey } from '../http/keys.js';
import { askMediaType } from '../http/limits.js';
import { createRoutes } from '../http/routes.js';
import type { ApiOptions } from '../options.js';
import { truoraEventRoutes } from './events.js';
import { truoraHookRoutes } from './hooks.js';
import { truoraResourceRoutes } from './resources.js';

export const createTruoraRoutes = (standIn: StandIn, { apiKey }: ApiOptions) => {
  const routes = createRoutes();
  for (const path of ['/v1/*', '/events/*']) {
    // That other bodies than forms are 415 is an assumption.
    routes.use(path, askApiKey(apiKey), askMediaType('application/x-www-form-urlencoded'));
  }
  // Its path would also do for a hook called `events`.
  routes.use('/v1/hooks/events', async (context, next) =>
    ['GET', 'HEAD'].includes(context.req.method) ? next() : context.notFound(),
  );
  for (const part of [
    truoraEventRoutes(standIn),
    truoraHookRoutes(standIn),
    truoraResourceRoutes(standIn),
  ]) {
    routes.route('/', part);
  }
  return routes;
};
