import { createRoute, z } from '@hono/zod-openapi';
import { pairs } from '../../../catalog/index.js';
import type { StandIn } from '../../stand-in.js';
import { controlRefusals, jsonAnswer, nothing } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { clockOf } from './emit.js';
import { byId } from './schemas/lists.js';
import { overrideOrder } from './schemas/orders.js';
import { pair, resource, state } from './schemas/state.js';

const readState = createRoute({
  method: 'get',
  path: '/state',
  tags: ['Control: state'],
  summary: 'The clock, sums, the delivery policy and the public address',
  responses: { 200: jsonAnswer('How things stand.', state), ...controlRefusals() },
});

const listPairs = createRoute({
  method: 'get',
  path: '/pairs',
  tags: ['Control: emit'],
  summary: 'What can happen: the catalogue',
  responses: {
    200: jsonAnswer('In the documented order.', z.object({ pairs: z.array(pair).readonly() })),
    ...controlRefusals(),
  },
});

const findResource = createRoute({
  method: 'get',
  path: '/resources/{id}',
  tags: ['Control: resources'],
  summary: 'A resource, as its newest event left it',
  request: { params: byId },
  responses: { 200: jsonAnswer('The resource.', resource), ...controlRefusals(404) },
});

const override = createRoute({
  method: 'put',
  path: '/resources/{id}/override',
  tags: ['Control: resources'],
  summary: 'Overwrite a verdict after its end, or take that back',
  request: {
    params: byId,
    body: { required: true, content: { 'application/json': { schema: overrideOrder } } },
  },
  responses: { 204: nothing, ...controlRefusals(404) },
});

export const stateRoutes = (standIn: StandIn, publicUrl: () => string) =>
  createRoutes()
    .openapi(readState, async (context) => {
      const [clock, totals] = await Promise.all([clockOf(standIn), standIn.totals()]);
      return context.json({ clock, totals, policy: standIn.policy, publicUrl: publicUrl() }, 200);
    })
    .openapi(listPairs, (context) => context.json({ pairs: pairs.map(described) }, 200))
    .openapi(findResource, async (context) => {
      const { id } = context.req.valid('param');
      const found = await standIn.resources.find(id);
      if (found === undefined) throw missing('resource', id);
      return context.json(found, 200);
    })
    .openapi(override, async (context) => {
      const { id } = context.req.valid('param');
      const { status } = context.req.valid('json');
      if (!(await standIn.resources.override(id, status))) throw missing('resource', id);
      return context.body(null, 204);
    });

const described = ({ name, product, productTitle, action, eventType }: (typeof pairs)[number]) => ({
  name,
  product,
  productTitle,
  action,
  eventType,
});
