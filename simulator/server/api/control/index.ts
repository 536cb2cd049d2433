/** The control API, under `/_hookproof/`. */
import type { StandIn } from '../../stand-in.js';
import { checkOrigin } from '../http/hosts.js';
import { askControlToken } from '../http/keys.js';
import { askMediaType } from '../http/limits.js';
import { createRoutes } from '../http/routes.js';
import type { ApiOptions } from '../options.js';
import { changeRoutes } from './changes.js';
import { emitRoutes } from './emit.js';
import { eventRoutes } from './events.js';
import { hookRoutes } from './hooks.js';
import { mailRoutes } from './mails.js';
import { stateRoutes } from './state.js';

export const controlPath = '/_hookproof';

export const createControlRoutes = (standIn: StandIn, options: ApiOptions) => {
  const routes = createRoutes();
  routes.use(
    checkOrigin(options),
    askControlToken(options.controlToken),
    askMediaType('application/json'),
  );
  for (const part of [
    stateRoutes(standIn, options.publicUrl),
    hookRoutes(standIn),
    emitRoutes(standIn),
    eventRoutes(standIn),
    mailRoutes(standIn),
    changeRoutes(standIn),
  ]) {
    routes.route('/', part);
  }
  return routes;
};
