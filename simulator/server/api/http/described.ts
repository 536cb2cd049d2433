/** How routes describe their answers. */
import { z } from '@hono/zod-openapi';

const errorSchema = z
  .object({
    code: z.string().openapi({ example: 'invalid_request' }),
    message: z.string().openapi({ description: 'What is wrong, and where.' }),
    remedy: z.string().openapi({ description: 'What to do about it.' }),
  })
  .openapi('Error');

const truoraErrorSchema = z
  .object({ code: z.int(), http_code: z.int(), message: z.string() })
  .openapi('TruoraError', { example: { code: 10404, http_code: 404, message: 'not found' } });

const unauthorizedSchema = z.object({ message: z.literal('Unauthorized') }).openapi('Unauthorized');

export const jsonAnswer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});

export const nothing = { description: 'Done.' };

/** Why any request may be refused. */
const REASONS = {
  400: 'Something in it does not fit: the message says where.',
  401: 'The key or token is wrong, or missing.',
  403: 'It came from a page of another origin.',
  404: 'There is no such thing.',
  405: 'The path takes other methods only: `Allow` names them.',
  409: 'It cannot be done as things stand.',
  413: 'The body is larger than 1 MiB.',
  415: 'The body has another media type.',
  421: 'The Host is none of the server’s names.',
  429: 'Too many requests are in hand.',
  503: 'The store takes nothing: its disk is full, or it does not answer.',
} as const;

type Reason = keyof typeof REASONS;

const refusals = <Status extends Reason>(
  statuses: readonly Status[],
  schemaOf: (status: Status) => z.ZodType,
) =>
  Object.fromEntries(
    statuses.map((status) => [status, jsonAnswer(REASONS[status], schemaOf(status))]),
  ) as Readonly<Record<Status, ReturnType<typeof jsonAnswer<z.ZodType>>>>;

/** The refusals of a route of the control API: those of all, and its own. */
export const controlRefusals = <Status extends 404 | 409 = never>(...more: readonly Status[]) =>
  refusals([400, 401, 403, 405, 413, 415, 421, 429, 503, ...more], () => errorSchema);

/** The refusals of a route of Truora's, worded as Truora does (REF; the rest are assumptions). */
export const truoraRefusals = <Status extends 404 = never>(...more: readonly Status[]) =>
  refusals([400, 401, 405, 413, 415, 421, 429, 503, ...more], (status) =>
    status === 401 ? unauthorizedSchema : truoraErrorSchema,
  );

/** The refusals of what anybody may ask. */
export const openRefusals = () => refusals([405, 413, 421, 429], () => errorSchema);
