/** Tells of changes as they come, by server-sent events. */
import { createRoute, z } from '@hono/zod-openapi';
import { streamSSE } from 'hono/streaming';
import { deferred } from '../../../core/deferred.js';
import type { StandIn } from '../../stand-in.js';
import { controlRefusals } from '../http/described.js';
import type { Bindings } from '../options.js';
import { createRoutes } from '../http/routes.js';

/** Proxies close what is silent for longer than about a minute. */
const HEARTBEAT_MS = 15_000;

const changes = createRoute({
  method: 'get',
  path: '/changes',
  tags: ['Control: state'],
  summary: 'What changes, as it does',
  description:
    'Server-sent events named `change`, each with `{"topic":"hooks|events|attempts|mails|clock","id":…}`. Read it with fetch, so that the token can be sent.',
  responses: {
    200: {
      description: 'A stream, until either side ends it.',
      content: { 'text/event-stream': { schema: z.string() } },
    },
    ...controlRefusals(),
  },
});

export const changeRoutes = ({ watch }: StandIn, heartbeatMs = HEARTBEAT_MS) =>
  createRoutes().openapi(changes, (context) => {
    // Nobody would ever end the stream of a HEAD.
    if (context.req.method === 'HEAD') return context.body(null, 200, STREAM);
    // In process there are no bindings.
    const closing = (context.env as Bindings | undefined)?.closing;
    return streamSSE(context, async (stream) => {
      const ended = deferred<undefined>();
      const end = (): void => ended.resolve(undefined);
      const unwatch = watch((change) => {
        stream.writeSSE({ event: 'change', data: JSON.stringify(change) }).catch(end);
      });
      const heartbeat = setInterval(() => {
        stream.write(': still here\n\n').catch(end);
      }, heartbeatMs);
      closing?.addEventListener('abort', end, { once: true });
      stream.onAbort(end);
      // Headers leave with the first bytes.
      await stream.write(': watching\n\n');
      if (closing?.aborted !== true && !stream.aborted) await ended.promise;
      clearInterval(heartbeat);
      unwatch();
      closing?.removeEventListener('abort', end);
    });
  });

const STREAM = { 'Content-Type': 'text/event-stream' };
