// The receiver of compose.demo.yaml: verifies, applies each event once, and shows what it has applied.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const BODY_MOST_BYTES = 1 << 20;
const LEEWAY_SECONDS = 60;
const key = process.env.HOOKPROOF_KEY ?? '';
if (key === '') throw new Error('HOOKPROOF_KEY is not set');

/** Effects by event: a table with a unique key, in a real one. */
const applied = new Map();

const decode = (part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));

/** The events of a token that is signed with our key by HS256; undefined for any other text. */
const eventsOf = (token) => {
  const parts = token.split('.');
  if (parts.length !== 3 || parts.some((part) => !/^[\w-]+$/.test(part))) return undefined;
  const [header, payload, signature] = parts;
  const right = createHmac('sha256', key).update(`${header}.${payload}`).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.toString('base64url') !== signature) return undefined;
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  try {
    const { alg, crit } = decode(header);
    const { events, iss, exp, nbf } = decode(payload);
    const nowSeconds = Date.now() / 1000;
    if (exp !== undefined && !(exp > nowSeconds)) return undefined;
    if (nbf !== undefined && !(nbf <= nowSeconds + LEEWAY_SECONDS)) return undefined;
    if (alg !== 'HS256' || crit !== undefined || iss !== 'Truora') return undefined;
    return Array.isArray(events) && events.length > 0 ? events : undefined;
  } catch {
    return undefined;
  }
};

const readBody = async (request) => {
  const chunks = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += chunk.length;
    if (bytes > BODY_MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const answer = async (request, { pathname, searchParams }) => {
  if (pathname === '/records' && request.method === 'GET') {
    const event = applied.get(searchParams.get('id'));
    return [200, JSON.stringify(event === undefined ? [] : [event])];
  }
  if (pathname !== '/webhooks/truora') return [404, 'not here'];
  if (request.method !== 'POST') return [405, 'POST only'];
  const body = await readBody(request);
  if (body === undefined) return [413, 'too long'];
  const events = eventsOf(body);
  if (events === undefined) return [401, 'not signed with our key'];
  for (const event of events) if (!applied.has(event.id)) applied.set(event.id, event);
  return [200, 'applied'];
};

const server = createServer(async (request, response) => {
  try {
    const [status, text] = await answer(request, new URL(request.url, 'http://receiver'));
    // What is left of a body that was not read must not pass for the next request.
    response.writeHead(status, request.complete ? {} : { connection: 'close' }).end(text);
  } catch {
    response.writeHead(400).end('not understood');
  }
});
server.listen(Number(process.env.PORT ?? 3000), () => console.log(server.address().port));
process.once('SIGTERM', () => process.exit());
