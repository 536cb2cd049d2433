import { z } from '@hono/zod-openapi';
import { text } from '../../http/text.js';
import { document, instant, pageOrder, textMap, texts } from './lists.js';

const deliveryStatus = z.enum(['success', 'failure', 'pending']);

export const eventQuery = pageOrder.extend({
  search: text(300).optional().openapi({
    description: 'Part of an id, of a resource’s id or of a name.',
  }),
  status: deliveryStatus.optional(),
  eventType: text(100).optional(),
});

export const storedEvent = z
  .object({
    id: z.string(),
    idempotencyKey: z.string(),
    sequence: z.number(),
    product: z.string(),
    name: z.string(),
    eventType: z.string(),
    eventAction: z.string(),
    resourceId: z.string(),
    version: z.string(),
    timestamp: z.string(),
    object: document,
    createdMs: instant,
    updatedMs: instant,
    deliveryStatus,
    deliveryAttempts: z.number(),
  })
  .openapi('StoredEvent');

export const delivery = z
  .object({
    id: z.string(),
    hookId: z.string(),
    eventIds: texts,
    status: z.enum(['waiting', 'held', 'delivered', 'exhausted', 'dropped']),
    resend: z.boolean(),
    attempts: z.number(),
    createdMs: instant,
    dueMs: instant.nullable(),
  })
  .openapi('Delivery');

const outcome = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('response'), status: z.number(), redirects: z.number() }),
    z.object({
      kind: z.literal('failure'),
      failure: z.enum([
        'refused',
        'reset',
        'dns',
        'tls',
        'connect-timeout',
        'timeout',
        'redirects',
        'protocol',
      ]),
      detail: z.string(),
    }),
  ])
  .openapi('Outcome');

export const storedAttempt = z
  .object({
    sequence: z.number(),
    deliveryId: z.string(),
    hookId: z.string(),
    eventIds: texts,
    attempt: z.number(),
    resend: z.boolean(),
    startedMs: instant,
    endedMs: instant,
    latencyMs: z.number(),
    outcome,
    failed: z.boolean(),
    counted: z.boolean(),
    windowFailed: z.number(),
    windowTotal: z.number(),
    headroom: z.number().nullable(),
    next: z.enum(['delivered', 'retry', 'held', 'exhausted', 'dropped']),
    retryAtMs: instant.nullable(),
    request: z.object({
      url: z.string(),
      headers: textMap,
      tokenHeader: document,
      iatSeconds: z.number(),
      bytes: z.number(),
    }),
    response: z.object({ headers: textMap, body: z.string() }).nullable(),
  })
  .openapi('Attempt');

const payload = z
  .object({ events: z.array(document).readonly(), iat: z.number(), iss: z.literal('Truora') })
  .openapi('TokenPayload');

export const eventStory = z
  .object({
    event: storedEvent,
    deliveries: z.array(delivery).readonly(),
    attempts: z
      .array(
        storedAttempt.extend({
          payload: payload.openapi({ description: 'What the token of this attempt said.' }),
        }),
      )
      .readonly(),
  })
  .openapi('EventStory');
