import { createRoute, z } from '@hono/zod-openapi';
import { controlRefusals, jsonAnswer } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { defined } from '../http/text.js';
import type { StandIn } from '../../stand-in.js';
import { payloadsOf } from './payloads.js';
import { delivery, eventQuery, eventStory, storedEvent } from './schemas/events.js';
import { ledgerEntry, ledgerQuery } from './schemas/ledger.js';
import { byId, pageOf } from './schemas/lists.js';
import { resendOrder } from './schemas/orders.js';

const tags = ['Control: events'];

const list = createRoute({
  method: 'get',
  path: '/events',
  tags,
  summary: 'What has happened',
  request: { query: eventQuery },
  responses: { 200: jsonAnswer('The newest first.', pageOf(storedEvent)), ...controlRefusals() },
});

const find = createRoute({
  method: 'get',
  path: '/events/{id}',
  tags,
  summary: 'One event, its deliveries, and each attempt with what its token said',
  request: { params: byId },
  responses: { 200: jsonAnswer('The event.', eventStory), ...controlRefusals(404) },
});

const resend = createRoute({
  method: 'post',
  path: '/events/{id}/resend',
  tags,
  summary: 'Send an event again, by hand',
  request: { params: byId, body: { content: { 'application/json': { schema: resendOrder } } } },
  responses: {
    200: jsonAnswer('The new deliveries.', z.object({ deliveries: z.array(delivery).readonly() })),
    ...controlRefusals(404),
  },
});

const ledger = createRoute({
  method: 'get',
  path: '/ledger',
  tags,
  summary: 'Every attempt, and what became of hooks, in the order in which it happened',
  request: { query: ledgerQuery },
  responses: {
    200: jsonAnswer('The oldest first, unless the newest are wanted.', pageOf(ledgerEntry)),
    ...controlRefusals(),
  },
});

export const eventRoutes = (standIn: StandIn) =>
  createRoutes()
    .openapi(list, async (context) =>
      context.json(await standIn.events.list(defined(context.req.valid('query'))), 200),
    )
    .openapi(find, async (context) => {
      const { id } = context.req.valid('param');
      const event = await standIn.events.find(id);
      if (event === undefined) throw missing('event', id);
      const [deliveries, attempts] = await Promise.all([
        standIn.events.deliveriesOf(event.id),
        standIn.events.attemptsOf(event.id),
      ]);
      const payloads = await payloadsOf(standIn, event, attempts);
      return context.json({ event, deliveries, attempts: payloads }, 200);
    })
    .openapi(resend, async (context) => {
      const { id } = context.req.valid('param');
      const deliveries = await standIn.resend(id, context.req.valid('json').hooks);
      if (deliveries === undefined) throw missing('event', id);
      return context.json({ deliveries }, 200);
    })
    .openapi(ledger, async (context) =>
      context.json(await standIn.ledger(defined(context.req.valid('query'))), 200),
    );
