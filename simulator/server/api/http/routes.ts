import { OpenAPIHono } from '@hono/zod-openapi';
import type { ApiEnv } from '../options.js';
import { refuseInvalid } from './validation.js';

/** Routes that refuse what does not fit their schemas. */
export const createRoutes = (): OpenAPIHono<ApiEnv> =>
  new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
