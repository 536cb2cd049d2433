import { createRoute, z } from '@hono/zod-openapi';
import { controlRefusals, jsonAnswer, nothing } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { defined } from '../http/text.js';
import type { StandIn } from '../../stand-in.js';
import { fault, hook, hookChanges, hookDraft } from './schemas/hooks.js';
import { byId, pageOf, pageOrder } from './schemas/lists.js';

const tags = ['Control: hooks'];
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});

const list = createRoute({
  method: 'get',
  path: '/hooks',
  tags,
  summary: 'The hooks, each with what its window holds',
  request: { query: pageOrder },
  responses: { 200: jsonAnswer('The oldest first.', pageOf(hook)), ...controlRefusals() },
});

const create = createRoute({
  method: 'post',
  path: '/hooks',
  tags,
  summary: 'Subscribe a receiver',
  request: { body: body(hookDraft) },
  responses: { 201: jsonAnswer('The hook.', hook), ...controlRefusals() },
});

const find = createRoute({
  method: 'get',
  path: '/hooks/{id}',
  tags,
  summary: 'One hook',
  request: { params: byId },
  responses: { 200: jsonAnswer('The hook.', hook), ...controlRefusals(404) },
});

const change = createRoute({
  method: 'patch',
  path: '/hooks/{id}',
  tags,
  summary: 'Change a hook',
  request: { params: byId, body: body(hookChanges) },
  responses: { 200: jsonAnswer('The hook.', hook), ...controlRefusals(404) },
});

const remove = createRoute({
  method: 'delete',
  path: '/hooks/{id}',
  tags,
  summary: 'Remove a hook',
  request: { params: byId },
  responses: { 204: nothing, ...controlRefusals(404) },
});

const enable = createRoute({
  method: 'post',
  path: '/hooks/{id}/enable',
  tags,
  summary: 'Enable a hook, as its creator would from the e-mail',
  request: { params: byId },
  responses: { 200: jsonAnswer('The hook.', hook), ...controlRefusals(404) },
});

const disable = createRoute({
  ...enable,
  path: '/hooks/{id}/disable',
  summary: 'Disable a hook by hand',
});

const setFault = createRoute({
  method: 'put',
  path: '/hooks/{id}/fault',
  tags,
  summary: 'Play a fault in place of the receiver',
  request: { params: byId, body: body(fault) },
  responses: { 204: nothing, ...controlRefusals(404) },
});

const clearFault = createRoute({
  method: 'delete',
  path: '/hooks/{id}/fault',
  tags,
  summary: 'Ask the receiver again',
  request: { params: byId },
  responses: { 204: nothing, ...controlRefusals(404) },
});

const key = createRoute({
  method: 'get',
  path: '/hooks/{id}/key',
  tags,
  summary: 'The key that signs a hook’s deliveries',
  request: { params: byId },
  responses: {
    200: jsonAnswer('The key.', z.object({ signingKey: z.string() })),
    ...controlRefusals(404),
  },
});

export const hookRoutes = ({ hooks }: StandIn) =>
  createRoutes()
    .openapi(list, async (context) =>
      context.json(await hooks.list(defined(context.req.valid('query'))), 200),
    )
    .openapi(create, async (context) =>
      context.json(await hooks.create(defined(context.req.valid('json'))), 201),
    )
    .openapi(find, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(known(await hooks.find(id), id), 200);
    })
    .openapi(change, async (context) => {
      const { id } = context.req.valid('param');
      const changes = defined(context.req.valid('json'));
      return context.json(known(await hooks.update(id, changes), id), 200);
    })
    .openapi(remove, async (context) => {
      const { id } = context.req.valid('param');
      known(await hooks.remove(id), id);
      return context.body(null, 204);
    })
    .openapi(enable, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(known(await hooks.update(id, { status: 'enabled' }), id), 200);
    })
    .openapi(disable, async (context) => {
      const { id } = context.req.valid('param');
      return context.json(known(await hooks.update(id, { status: 'disabled' }), id), 200);
    })
    .openapi(setFault, async (context) => {
      const { id } = context.req.valid('param');
      known(await hooks.setFault(id, context.req.valid('json')), id);
      return context.body(null, 204);
    })
    .openapi(clearFault, async (context) => {
      const { id } = context.req.valid('param');
      known(await hooks.setFault(id, null), id);
      return context.body(null, 204);
    })
    .openapi(key, async (context) => {
      const { id } = context.req.valid('param');
      return context.json({ signingKey: known(await hooks.signingKey(id), id) }, 200);
    });

/** What was found, or true; refuses what was not. */
const known = <Found>(found: Found | undefined | false, id: string): Found => {
  if (found === undefined || found === false) throw missing('hook', id);
  return found;
};
