/** What whoever operates the server asks, and the pages; open to all who reach it. */
import { createRoute, z } from '@hono/zod-openapi';
import type { StandIn } from '../../stand-in.js';
import { jsonAnswer, openRefusals } from '../http/described.js';
import { contentSecurityPolicyOf } from '../http/headers.js';
import { createRoutes } from '../http/routes.js';
import type { ApiOptions } from '../options.js';
import { frontPage } from './front-page.js';

const tags = ['Operating'];
/** Anybody may ask. */
const security: [] = [];
const health = z.object({ status: z.enum(['ok', 'starting']) });
const textOf = (description: string, mediaType: string) => ({
  description,
  content: { [mediaType]: { schema: z.string() } },
});

const healthz = createRoute({
  method: 'get',
  path: '/healthz',
  tags,
  security,
  summary: 'Whether the process answers',
  responses: { 200: jsonAnswer('It does.', health), ...openRefusals() },
});

const readyz = createRoute({
  method: 'get',
  path: '/readyz',
  tags,
  security,
  summary: 'Whether the store answers and deliveries are under way',
  responses: {
    200: jsonAnswer('They are.', health),
    503: jsonAnswer('Not yet, or no more.', health),
    ...openRefusals(),
  },
});

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  security,
  summary: 'Figures for Prometheus',
  responses: { 200: textOf('The text format, 0.0.4.', 'text/plain'), ...openRefusals() },
});

const page = createRoute({
  method: 'get',
  path: '/',
  tags,
  security,
  summary: 'The page',
  responses: { 200: textOf('HTML.', 'text/html'), ...openRefusals() },
});

/** Few are scraped, and who is starts counting at the first time. */
const loadMetrics = async (standIn: StandIn) =>
  (await import('./metrics.js')).createMetrics(standIn);

export const createOperatingRoutes = (standIn: StandIn, options: ApiOptions) => {
  let figures: ReturnType<typeof loadMetrics> | undefined;
  const html = options.page ?? frontPage;
  const policy = contentSecurityPolicyOf(html);
  return createRoutes()
    .openapi(healthz, (context) => context.json({ status: 'ok' } as const, 200))
    .openapi(readyz, async (context) =>
      (await standIn.isReady())
        ? context.json({ status: 'ok' } as const, 200)
        : context.json({ status: 'starting' } as const, 503),
    )
    .openapi(metrics, async (context) => {
      const { read, contentType } = await (figures ??= loadMetrics(standIn));
      return context.body(await read(), 200, { 'Content-Type': contentType });
    })
    .openapi(page, (context) =>
      context.html(html, 200, {
        'Content-Security-Policy': policy,
        // The page is part of the program: after an update the new one is wanted.
        'Cache-Control': 'no-cache',
      }),
    );
};
