import { createRoute } from '@hono/zod-openapi';
import type { StandIn } from '../../stand-in.js';
import { controlRefusals, jsonAnswer } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { defined } from '../http/text.js';
import { storedMail } from './schemas/ledger.js';
import { byId, pageOf, pageOrder } from './schemas/lists.js';

const tags = ['Control: e-mails'];

const list = createRoute({
  method: 'get',
  path: '/mails',
  tags,
  summary: 'E-mails that left, or lie in the outbox',
  request: { query: pageOrder },
  responses: { 200: jsonAnswer('The newest first.', pageOf(storedMail)), ...controlRefusals() },
});

const find = createRoute({
  method: 'get',
  path: '/mails/{id}',
  tags,
  summary: 'One e-mail',
  request: { params: byId },
  responses: { 200: jsonAnswer('The e-mail.', storedMail), ...controlRefusals(404) },
});

export const mailRoutes = ({ mails }: StandIn) =>
  createRoutes()
    .openapi(list, async (context) =>
      context.json(await mails.list(defined(context.req.valid('query'))), 200),
    )
    .openapi(find, async (context) => {
      const { id } = context.req.valid('param');
      const mail = await mails.find(id);
      if (mail === undefined) throw missing('e-mail', id);
      return context.json(mail, 200);
    });
