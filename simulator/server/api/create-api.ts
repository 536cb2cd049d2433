/** The stand-in over HTTP: Truora's API, the control API, the page, and what operators ask. */
import type { OpenAPIHono } from '@hono/zod-openapi';
import { OpenAPIHono as Api } from '@hono/zod-openapi';
import { inEnglish } from '../../../language/elsewhere.js';
import type { StandIn } from '../stand-in.js';
import { controlPath, createControlRoutes } from './control/index.js';
import { describeApi } from './describe.js';
import { answerError } from './http/errors.js';
import { secureHeaders } from './http/headers.js';
import { checkHost } from './http/hosts.js';
import { limitBody, limitRequests } from './http/limits.js';
import { logRequests } from './http/log-requests.js';
import { createUnknownPath } from './http/unknown-path.js';
import { createOperatingRoutes } from './operating/index.js';
import type { ApiEnv, ApiOptions } from './options.js';
import { createTruoraRoutes } from './truora/index.js';

/** Truora's base address and version are its users' to configure: any version is the first (INF). */
const pathOf = (request: Request): string =>
  new URL(request.url).pathname.replace(/^\/v\d+(?=\/)/, '/v1');

/**
 * Answers for a stand-in. It holds nothing of its own: whoever opened the stand-in closes it.
 *
 * @example
 * ```ts
 * const api = createApi(standIn, { apiKey: undefined, controlToken, publicUrl, … });
 * const answer = await api.fetch(new Request('http://localhost/readyz'));
 * ```
 */
export const createApi = (standIn: StandIn, options: ApiOptions): OpenAPIHono<ApiEnv> => {
  const { log } = options;
  const api = new Api<ApiEnv>({ getPath: pathOf });
  api.use(async (_context, next) => inEnglish(next));
  api.use(logRequests(log), secureHeaders(), checkHost(options), limitRequests(), limitBody());
  api.route('/', createOperatingRoutes(standIn, options));
  api.route('/', createTruoraRoutes(standIn, options));
  api.route(controlPath, createControlRoutes(standIn, options));
  describeApi(api);
  api.notFound(createUnknownPath(api));
  api.onError((error, context) => answerError(context, error, log));
  return api;
};
