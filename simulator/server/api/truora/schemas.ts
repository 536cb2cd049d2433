import { z } from '@hono/zod-openapi';
import { text } from '../http/text.js';

/** The key that all of Truora's routes ask for. */
export const truoraKey = [{ truoraApiKey: [] }];

export const startKey = z.object({
  start_key: text(300).optional().openapi({ description: 'From `next` of the page before.' }),
});

export const eventRowSchema = z
  .object({
    client_id: z.string(),
    product: z.string(),
    id: z.string().optional(),
    idempotency_key: z.string(),
    event_type: z.string(),
    event_action: z.string(),
    object: z.string().openapi({ description: 'JSON as text.' }),
    timestamp: z.string(),
    update_date: z.string(),
    delivery_attempts: z.int(),
    delivery_status: z.enum(['success', 'failure', 'pending']),
  })
  .openapi('TruoraEvent');

export const eventPageSchema = z
  .object({ events: z.array(eventRowSchema).readonly(), self: z.string(), next: z.string() })
  .openapi('TruoraEventPage');
