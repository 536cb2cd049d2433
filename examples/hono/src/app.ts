import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { decode, verify } from 'hono/jwt';

export interface TruoraEvent {
  readonly id: string;
  readonly event_type: string;
  readonly event_action: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** The receiver. `key` is the hook's signing key, as Truora shows it. */
export const createApp = (options: {
  readonly key: string;
  readonly applyOnce: (event: TruoraEvent) => Promise<void>;
}) => {
  const app = new Hono();

  // The body is one signed token: it is taken as it is, whatever its content type says.
  app.post('/webhooks/truora', bodyLimit({ maxSize: 2 * 1024 * 1024 }), async (c) => {
    const events = await verifiedEvents(await c.req.text(), options.key);
    if (events === undefined) return c.body(null, 401);
    for (const event of events) await options.applyOnce(event);
    // Also where nothing was new or of interest: another answer makes Truora deliver it again.
    return c.body(null, 200);
  });
  return app;
};

/** The events of a genuine token; undefined for everything else. */
const verifiedEvents = async (token: string, key: string) => {
  try {
    const { events } = await claimsOf(token, key);
    return Array.isArray(events) && events.every(isEvent) ? events : undefined;
  } catch {
    return undefined;
  }
};

const isEvent = (value: unknown): value is TruoraEvent =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  value.id !== '';

/** The defect is a mistake, to see the contract fail: `decode` takes what anyone wrote. */
const claimsOf = async (token: string, key: string) =>
  process.env['DEFECT'] === 'signature-not-checked'
    ? decode(token).payload
    : verify(token, key, 'HS256');
