import express from 'express';
import { jwtVerify } from 'jose';
import { applyOnce } from './events.js';

/** The receiver. `key` is the hook's signing key, as Truora shows it. */
export const createApp = ({ key, pool }) => {
  const secret = new TextEncoder().encode(key);
  const app = express().disable('x-powered-by');

  // The body is one signed token: it is taken as it is, whatever its content type says.
  const rawBody = express.raw({ type: () => true, limit: '2mb' });

  app.post('/webhooks/truora', rawBody, async (request, response) => {
    const events = await verifiedEvents(request.body, secret);
    if (events === undefined) return response.sendStatus(401);
    for (const event of events) await applyOnce(pool, event);
    // Also where nothing was new or of interest: another answer makes Truora deliver it again.
    return response.sendStatus(200);
  });

  // For the test: where the effects of an event show.
  app.get('/status-changes', async (request, response) => {
    const { rows } = await pool.query(
      'SELECT event_id, event_type, event_action FROM status_changes WHERE event_id = $1',
      [request.query.event_id],
    );
    response.json(rows);
  });

  // Express would answer with a stack trace.
  app.use((error, _request, response, _next) => response.sendStatus(error.status ?? 500));
  return app;
};

/** The events of a genuine token; undefined for everything else. */
const verifiedEvents = async (body, secret) => {
  try {
    const { payload } = await jwtVerify(body, secret, { algorithms: ['HS256'] });
    return Array.isArray(payload.events) && payload.events.every(isEvent)
      ? payload.events
      : undefined;
  } catch {
    return undefined;
  }
};

const isEvent = (value) => typeof value?.id === 'string' && value.id !== '';
