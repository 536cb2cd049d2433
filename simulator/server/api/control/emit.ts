import { createRoute } from '@hono/zod-openapi';
import { parseTime } from '../../../core/times.js';
import type { StandIn } from '../../stand-in.js';
import { controlRefusals, jsonAnswer } from '../http/described.js';
import { HttpError } from '../http/errors.js';
import { createRoutes } from '../http/routes.js';
import { defined } from '../http/text.js';
import { advanced, advanceOrder, emitOrder, emitted, lifecycleOrder } from './schemas/orders.js';
import { clock as clockSchema } from './schemas/state.js';

const emit = createRoute({
  method: 'post',
  path: '/emit',
  tags: ['Control: emit'],
  summary: 'Let something happen',
  description:
    'On a test clock it answers when all that is due at once has ended. `after` is the duration until it happens.',
  request: { body: { required: true, content: { 'application/json': { schema: emitOrder } } } },
  responses: { 200: jsonAnswer('What has happened.', emitted), ...controlRefusals() },
});

const lifecycle = createRoute({
  method: 'post',
  path: '/lifecycle',
  tags: ['Control: emit'],
  summary: 'Let a whole life of a resource happen',
  description: '`every` is the duration between two of its events, a minute where it is left out.',
  request: {
    body: { required: true, content: { 'application/json': { schema: lifecycleOrder } } },
  },
  responses: { 200: jsonAnswer('What has happened, and will.', emitted), ...controlRefusals() },
});

const readClock = createRoute({
  method: 'get',
  path: '/clock',
  tags: ['Control: clock'],
  summary: 'What time it is, and when something is due',
  responses: { 200: jsonAnswer('The clock.', clockSchema), ...controlRefusals() },
});

const advance = createRoute({
  method: 'post',
  path: '/clock/advance',
  tags: ['Control: clock'],
  summary: 'Let time pass on a test clock',
  description:
    'All that falls due happens, in order, and the call answers when it has. `{"to":"next"}` goes to the next instant at which something is due.',
  request: { body: { required: true, content: { 'application/json': { schema: advanceOrder } } } },
  responses: { 200: jsonAnswer('What time it is now.', advanced), ...controlRefusals(409) },
});

export const emitRoutes = (standIn: StandIn) =>
  createRoutes()
    .openapi(emit, async (context) => {
      const { after, ...order } = context.req.valid('json');
      const afterMs = after === undefined ? order.afterMs : parseTime(after);
      return context.json(await standIn.emit(defined({ ...order, afterMs })), 200);
    })
    .openapi(lifecycle, async (context) => {
      const { every, ...order } = context.req.valid('json');
      const everyMs = every === undefined ? order.everyMs : parseTime(every);
      return context.json(await standIn.lifecycle(defined({ ...order, everyMs })), 200);
    })
    .openapi(readClock, async (context) => context.json(await clockOf(standIn), 200))
    .openapi(advance, async (context) => {
      const order = context.req.valid('json');
      if (standIn.clock.kind === 'real') throw CLOCK_IS_REAL;
      const byMs = 'by' in order ? parseTime(order.by) : await untilNextMs(standIn);
      return context.json(await standIn.clock.advance(byMs), 200);
    });

export const clockOf = async ({ clock: { kind, nowMs, nextDueMs } }: StandIn) => ({
  kind,
  nowMs: nowMs(),
  nextDueMs: await nextDueMs(),
});

const untilNextMs = async ({ clock }: StandIn): Promise<number> => {
  const dueMs = await clock.nextDueMs();
  if (dueMs !== null) return Math.max(0, dueMs - clock.nowMs());
  throw new HttpError(409, 'nothing_due', 'nothing is due', 'emit an event first');
};

const CLOCK_IS_REAL = new HttpError(
  409,
  'real_clock',
  'the real clock cannot be advanced',
  'start the stand-in with --clock test',
);
