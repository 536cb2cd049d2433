import { z } from '@hono/zod-openapi';
import { text } from '../../http/text.js';
import { storedAttempt } from './events.js';
import { instant, language, pageOrder, texts } from './lists.js';

export const ledgerQuery = pageOrder.extend({
  hook: text(300).optional(),
  order: z.enum(['oldest', 'newest']).optional().openapi({
    description: 'What comes first; the oldest where it is not said.',
  }),
});

const incident = z
  .object({
    kind: z.enum(['disabled', 'enabled', 'mail', 'missed', 'dropped']),
    sequence: z.number(),
    hookId: z.string(),
    atMs: instant,
    reason: z.enum(['rule', 'request', 'account']).nullable(),
    windowFailed: z.number().nullable(),
    windowTotal: z.number().nullable(),
    to: texts,
    eventIds: texts,
  })
  .openapi('Incident');

export const ledgerEntry = z
  .union([storedAttempt.extend({ kind: z.literal('attempt') }), incident])
  .openapi('LedgerEntry');

export const storedMail = z
  .object({
    id: z.string(),
    kind: z.enum(['update', 'disabled']),
    hookId: z.string(),
    role: z.enum(['subscriber', 'creator', 'owner']),
    to: z.string(),
    language,
    subject: z.string(),
    text: z.string(),
    html: z.string(),
    createdMs: instant,
    sentMs: instant.nullable(),
    error: z.string().nullable(),
  })
  .openapi('Mail');
