/** The resources that events are about: what a receiver falls back on (DOC). */
import { createRoute, z } from '@hono/zod-openapi';
import { resourceCollections, resourceDocument } from '../../../truora/index.js';
import type { StandIn } from '../../stand-in.js';
import { jsonAnswer, truoraRefusals } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { text } from '../http/text.js';
import { truoraKey } from './schemas.js';

const document = z.record(z.string(), z.unknown()).readonly();
const checkDocument = z.object({ check: document }).readonly();

const route = (collection: string, path: string) =>
  createRoute({
    method: 'get',
    path,
    tags: ['Truora: resources'],
    security: truoraKey,
    summary: `One of ${collection}, as its newest event left it`,
    description:
      'A verdict that was overwritten stands beside the first one, as `override_status`, and wins.',
    request: { params: z.object({ id: text(300) }) },
    responses: {
      200: jsonAnswer('The resource.', collection === 'checks' ? checkDocument : document),
      ...truoraRefusals(404),
    },
  });

const paths = resourceCollections.flatMap((collection) => [
  { collection, path: `/v1/${collection}/{id}` },
  ...(collection === 'processes' ? [{ collection, path: '/v1/processes/{id}/result' }] : []),
]);

export const truoraResourceRoutes = ({ resources }: StandIn) => {
  const routes = createRoutes();
  for (const { collection, path } of paths) {
    routes.openapi(route(collection, path), async ({ req, json }) => {
      const { id } = req.valid('param');
      const found = await resources.find(id);
      const told = found && resourceDocument(collection, found.object, found.overrideStatus);
      if (told === undefined) throw missing('resource', id);
      return json(told, 200);
    });
  }
  return routes;
};
