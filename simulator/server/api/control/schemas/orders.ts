import { z } from '@hono/zod-openapi';
import { duration, durationMs, json, text } from '../../http/text.js';
import { delivery, storedEvent } from './events.js';
import { instant, texts } from './lists.js';

const set = z.record(text(300), json).optional().openapi({
  description: 'Values by their place: `object.status`, `timestamp`.',
});
const hooks = z.array(text(300)).min(1).max(1000).readonly().optional();

export const emitOrder = z
  .strictObject({
    event: text(200),
    set,
    resource: text(300).optional(),
    count: z.int().min(1).max(1000).optional(),
    batch: z.int().min(1).max(1000).optional(),
    afterMs: durationMs.optional(),
    after: duration.optional(),
    hooks,
  })
  .refine(({ after, afterMs }) => after === undefined || afterMs === undefined, {
    path: ['after'],
    message: 'expected either after or afterMs',
  })
  .openapi('EmitOrder', {
    example: { event: 'checks.finished', set: { 'object.status': 'completed' } },
  });

export const lifecycleOrder = z
  .strictObject({
    product: text(100),
    actions: z.array(text(100)).min(1).max(100).readonly().optional(),
    everyMs: durationMs.optional(),
    every: duration.optional(),
    set,
  })
  .refine(({ every, everyMs }) => every === undefined || everyMs === undefined, {
    path: ['every'],
    message: 'expected either every or everyMs',
  })
  .openapi('LifecycleOrder', {
    example: { product: 'checks', actions: ['created', 'started', 'finished'], every: '2m' },
  });

export const emitted = z
  .object({
    events: z.array(storedEvent).readonly(),
    deliveries: z.array(delivery).readonly(),
    scheduled: z.array(z.object({ name: z.string(), atMs: instant })).readonly(),
    resourceIds: texts,
  })
  .openapi('Emitted');

export const resendOrder = z.strictObject({ hooks }).openapi('ResendOrder', { example: {} });

export const advanceOrder = z
  .union([z.strictObject({ by: duration }), z.strictObject({ to: z.literal('next') })], {
    error: 'expected {"by":"2h"} or {"to":"next"}',
  })
  .openapi('AdvanceOrder', { example: { by: '2h' } });

export const advanced = z.object({ nowMs: instant, attempts: z.number() }).openapi('Advanced');

export const overrideOrder = z
  .strictObject({ status: text(100).nullable() })
  .openapi('OverrideOrder', { example: { status: 'failure' } });
