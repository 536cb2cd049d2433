import { z } from '@hono/zod-openapi';
import { text } from '../../http/text.js';
import { instant, language, texts } from './lists.js';

const subscriberType = z.enum(['web', 'email']);
const status = z.enum(['enabled', 'disabled']);

export const fault = z
  .strictObject({
    outcome: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('status'), status: z.int().min(100).max(599) }),
      z.strictObject({
        kind: z.enum(['timeout', 'reset', 'refused', 'dns', 'tls', 'redirects']),
      }),
    ]),
    times: z.int().min(1).max(1_000_000).nullable().openapi({
      description: 'For how many attempts more; null until it is taken away.',
    }),
  })
  .openapi('Fault', { example: { outcome: { kind: 'status', status: 503 }, times: 3 } });

const windowFigures = z
  .object({
    failed: z.number(),
    total: z.number(),
    share: z.number(),
    headroom: z.number().nullable(),
    waiting: z.number(),
    nextDueMs: instant.nullable(),
  })
  .openapi('WindowFigures');

export const hook = z
  .object({
    id: z.string(),
    eventType: z.string(),
    actions: texts,
    subscriberType,
    subscriberUrl: z.string().nullable(),
    subscriberAddress: z.string().nullable(),
    subscriberName: z.string(),
    subscriberLanguage: language,
    status,
    creatorAddress: z.string(),
    ownerAddress: z.string(),
    concurrency: z.number().nullable(),
    ordered: z.boolean(),
    createdMs: instant,
    updatedMs: instant,
    disabledMs: instant.nullable(),
    disabledReason: z.enum(['rule', 'request', 'account']).nullable(),
    fault: z.union([fault, z.null()]),
    window: windowFigures,
  })
  .openapi('Hook');

const draftFields = {
  actions: z.array(text(100)).max(100).readonly().optional(),
  subscriberUrl: text(2000).optional(),
  subscriberAddress: text(320).optional(),
  subscriberName: text(200).optional(),
  subscriberLanguage: language.optional(),
  status: status.optional(),
  creatorAddress: text(320).optional(),
  ownerAddress: text(320).optional(),
  signingKey: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal characters')
    .optional()
    .openapi({ description: 'Drawn where it is left out.' }),
  concurrency: z.int().min(1).max(1000).nullable().optional(),
  ordered: z.boolean().optional(),
};

export const hookDraft = z
  .strictObject({ eventType: text(100), subscriberType, ...draftFields })
  .openapi('HookDraft', {
    example: {
      eventType: 'all',
      subscriberType: 'web',
      subscriberUrl: 'http://localhost:3000/webhooks/truora',
    },
  });

export const hookChanges = z
  .strictObject({
    eventType: text(100).optional(),
    subscriberType: subscriberType.optional(),
    ...draftFields,
  })
  .openapi('HookChanges', { example: { subscriberUrl: 'http://localhost:3001/webhooks/truora' } });
