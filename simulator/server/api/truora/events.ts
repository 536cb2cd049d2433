/** The Events API: the events of the last 60 days, the newest first (REF). */
import { createRoute, z } from '@hono/zod-openapi';
import { eventRow, eventsPerPage, pageLinks } from '../../../truora/index.js';
import type { StandIn, StoredEvent } from '../../stand-in.js';
import { jsonAnswer, truoraRefusals } from '../http/described.js';
import { missing } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { text } from '../http/text.js';
import { tokenEvent } from '../token-events.js';
import { eventPageSchema, eventRowSchema, startKey, truoraKey } from './schemas.js';

const tags = ['Truora: events'];
const security = truoraKey;

const list = createRoute({
  method: 'get',
  path: '/v1/hooks/events',
  tags,
  security,
  summary: 'The events of the last 60 days',
  request: { query: startKey },
  responses: { 200: jsonAnswer('A page of them.', eventPageSchema), ...truoraRefusals() },
});

/** Truora's page on hooks calls it `GET /events` (DOC). */
const listElsewhere = (path: '/v1/events' | '/events') => createRoute({ ...list, path });

const find = createRoute({
  method: 'get',
  path: '/v1/hooks/events/{idempotency_key}',
  tags,
  security,
  summary: 'One event',
  request: { params: z.object({ idempotency_key: text(300) }) },
  responses: { 200: jsonAnswer('The event.', eventRowSchema), ...truoraRefusals(404) },
});

const findElsewhere = createRoute({ ...find, path: '/v1/events/{idempotency_key}' });

export const truoraEventRoutes = ({ events }: StandIn) => {
  const page = async (url: string, from: string | undefined) => {
    const { rows, next } = await events.list({
      limit: eventsPerPage,
      ...(from === undefined ? {} : { startKey: from }),
    });
    const base = `${new URL(url).origin}/v1/hooks/events`;
    return { events: rows.map(rowOf), ...pageLinks(base, from, next ?? undefined) };
  };
  const one = async (key: string) => {
    const found = await events.find(key);
    if (found === undefined) throw missing('event', key);
    return rowOf(found);
  };
  return createRoutes()
    .openapi(list, async ({ req, json }) =>
      json(await page(req.url, req.valid('query').start_key), 200),
    )
    .openapi(listElsewhere('/v1/events'), async ({ req, json }) =>
      json(await page(req.url, req.valid('query').start_key), 200),
    )
    .openapi(listElsewhere('/events'), async ({ req, json }) =>
      json(await page(req.url, req.valid('query').start_key), 200),
    )
    .openapi(find, async ({ req, json }) =>
      json(await one(req.valid('param').idempotency_key), 200),
    )
    .openapi(findElsewhere, async ({ req, json }) =>
      json(await one(req.valid('param').idempotency_key), 200),
    );
};

const rowOf = (event: StoredEvent) =>
  eventRow(
    { ...tokenEvent(event), idempotency_key: event.idempotencyKey },
    {
      product: event.product,
      attempts: event.deliveryAttempts,
      status: event.deliveryStatus,
      updateDate: new Date(event.updatedMs).toISOString().replace(/\.\d+Z$/, 'Z'),
    },
  );
