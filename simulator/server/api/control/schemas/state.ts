import { z } from '@hono/zod-openapi';
import { document, instant } from './lists.js';

export const clock = z
  .object({ kind: z.enum(['real', 'test']), nowMs: instant, nextDueMs: instant.nullable() })
  .openapi('Clock');

const policy = z
  .object({
    attemptsMax: z.number(),
    delaysMs: z.array(z.number()).readonly(),
    delayFrom: z.enum(['previous-end', 'previous-start', 'first-start']),
    failureConditions: z
      .array(z.enum(['status', 'timeout', 'connection', 'dns', 'tls', 'redirects']))
      .readonly(),
    timeoutMs: z.number(),
    redirectsMax: z.number(),
    window: z.enum(['rolling', 'tumbling']),
    windowMs: z.number(),
    threshold: z.object({ numerator: z.number(), denominator: z.number() }),
    attemptsMin: z.number(),
    counted: z.enum(['attempts', 'events']),
    resendsCounted: z.boolean(),
    onDisable: z.enum(['drop', 'hold', 'send']),
    onEnable: z.enum(['clear', 'keep']),
    scope: z.enum(['hook', 'account']),
  })
  .openapi('Policy');

const totals = z
  .object({
    hooks: z.object({ enabled: z.number(), disabled: z.number() }),
    events: z.number(),
    attempts: z.object({ ok: z.number(), failed: z.number() }),
    deliveries: z.object({
      waiting: z.number(),
      held: z.number(),
      delivered: z.number(),
      exhausted: z.number(),
      dropped: z.number(),
    }),
    mails: z.object({ sent: z.number(), waiting: z.number() }),
  })
  .openapi('Totals');

export const state = z.object({ clock, totals, policy, publicUrl: z.string() }).openapi('State');

export const resource = z
  .object({
    id: z.string(),
    product: z.string(),
    object: document,
    overrideStatus: z.string().nullable(),
    updatedMs: instant,
  })
  .openapi('Resource');

export const pair = z
  .object({
    name: z.string(),
    product: z.string(),
    productTitle: z.string(),
    action: z.string(),
    eventType: z.string(),
  })
  .openapi('EventPair');
