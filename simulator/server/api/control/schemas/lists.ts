import { z } from '@hono/zod-openapi';
import { text } from '../../http/text.js';

export const byId = z.object({ id: text(300) });

/** What a list is asked by. */
export const pageOrder = z.object({
  startKey: text(300).optional().openapi({ description: '`next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(1000).optional().openapi({
    type: 'integer',
    minimum: 1,
    maximum: 1000,
    description: 'Rows at most; 100 where it is not said.',
  }),
});

export const pageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row).readonly(), next: z.string().nullable() });

export const texts = z.array(z.string()).readonly();
export const textMap = z.record(z.string(), z.string()).readonly();
export const document = z.record(z.string(), z.unknown()).readonly();
/** Milliseconds since 1970 of the stand-in's clock. */
export const instant = z.number().openapi({ description: 'Milliseconds since 1970.' });
export const language = z.enum(['es', 'en', 'pt']);
