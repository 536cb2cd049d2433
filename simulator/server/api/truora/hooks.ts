/** Hooks as Truora's API keeps them: writes are forms, answers are JSON (REF). */
import { createRoute, z } from '@hono/zod-openapi';
import { hookDocument, pageLinks } from '../../../truora/index.js';
import type { HookWithFigures, StandIn } from '../../stand-in.js';
import { jsonAnswer, nothing, truoraRefusals } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { text } from '../http/text.js';
import { changesOf, draftOf, hookForm, hookFormChanges } from './hook-forms.js';
import { startKey, truoraKey } from './schemas.js';

const tags = ['Truora: hooks'];
const security = truoraKey;
const byId = z.object({ hook_id: text(300) });
const form = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/x-www-form-urlencoded': { schema } },
});

const hook = z
  .object({
    hook_id: z.string(),
    event_type: z.string(),
    actions: z.array(z.string()).readonly(),
    status: z.enum(['enabled', 'disabled']),
    signing_key: z.string(),
    subscriber: z.object({
      subscriber_type: z.enum(['web', 'email']),
      subscriber_url: z.string().optional(),
      subscriber_address: z.string().optional(),
      subscriber_name: z.string(),
      subscriber_language: z.string(),
    }),
    creation_date: z.string(),
    update_date: z.string(),
  })
  .openapi('TruoraHook');

const list = createRoute({
  method: 'get',
  path: '/v1/hooks',
  tags,
  security,
  summary: 'The hooks',
  request: { query: startKey },
  responses: {
    200: jsonAnswer(
      'A page of them.',
      z.object({ hooks: z.array(hook).readonly(), self: z.string(), next: z.string() }),
    ),
    ...truoraRefusals(),
  },
});

const create = createRoute({
  method: 'post',
  path: '/v1/hooks',
  tags,
  security,
  summary: 'Subscribe to events',
  request: { body: form(hookForm) },
  responses: { 201: jsonAnswer('The hook.', hook), ...truoraRefusals() },
});

const find = createRoute({
  method: 'get',
  path: '/v1/hooks/{hook_id}',
  tags,
  security,
  summary: 'One hook',
  request: { params: byId },
  responses: { 200: jsonAnswer('The hook.', hook), ...truoraRefusals(404) },
});

const change = createRoute({
  method: 'put',
  path: '/v1/hooks/{hook_id}',
  tags,
  security,
  summary: 'Change a hook, or enable it again',
  request: { params: byId, body: form(hookFormChanges) },
  responses: { 200: jsonAnswer('The hook.', hook), ...truoraRefusals(404) },
});

const remove = createRoute({
  method: 'delete',
  path: '/v1/hooks/{hook_id}',
  tags,
  security,
  summary: 'Remove a hook',
  request: { params: byId },
  responses: { 204: nothing, ...truoraRefusals(404) },
});

export const truoraHookRoutes = ({ hooks }: StandIn) => {
  const told = async (found: HookWithFigures) =>
    hookDocument(found, (await hooks.signingKey(found.id)) ?? '');
  return createRoutes()
    .openapi(list, async (context) => {
      const { start_key: from } = context.req.valid('query');
      const { rows, next } = await hooks.list(from === undefined ? {} : { startKey: from });
      const links = pageLinks(
        `${new URL(context.req.url).origin}/v1/hooks`,
        from,
        next ?? undefined,
      );
      return context.json({ hooks: await Promise.all(rows.map(told)), ...links }, 200);
    })
    .openapi(create, async (context) =>
      context.json(await told(await hooks.create(draftOf(context.req.valid('form')))), 201),
    )
    .openapi(find, async (context) => {
      const { hook_id: id } = context.req.valid('param');
      return context.json(await told(known(await hooks.find(id), id)), 200);
    })
    .openapi(change, async (context) => {
      const { hook_id: id } = context.req.valid('param');
      const changes = changesOf(context.req.valid('form'));
      return context.json(await told(known(await hooks.update(id, changes), id)), 200);
    })
    .openapi(remove, async (context) => {
      const { hook_id: id } = context.req.valid('param');
      if (!(await hooks.remove(id))) throw missing('hook', id);
      return context.body(null, 204);
    });
};

const known = (found: HookWithFigures | undefined, id: string): HookWithFigures => {
  if (found === undefined) throw missing('hook', id);
  return found;
};
