// One sender in a process of its own: `node sender.mjs <name> <url> <milliseconds> <connections> <key>`.
// Prints how many requests were answered 200, in how long, and what that cost.
import http from 'node:http';
import { performance } from 'node:perf_hooks';
import {
  createPolicy,
  createRandom,
  createTargetGuard,
  loadLoad,
  signDelivery,
} from '../../dist/simulator/index.js';

const [name, url, milliseconds, connectionCount, key, countText] = process.argv.slice(2);
const WARM_MS = 1500;
let durationMs = WARM_MS;
const connections = Number(connectionCount);
const { createClaimed, createTemplate, startLoad } = await loadLoad();
const template = createTemplate('checks.finished', {
  key,
  random: createRandom(1),
  atMs: Date.now(),
});
/** Claims of a delivery as a program has them: an object, of which only the ids are new. */
const [event] = template.claimsOf(0, 0).events;
const counted = (id, number) => id.slice(0, -12) + number.toString(16).padStart(12, '0');
const claimsOf = (number, iat) => ({
  events: [
    {
      ...event,
      id: counted(event.id, number),
      object: { ...event.object, check_id: counted(event.object.check_id, number) },
    },
  ],
  iat,
  iss: 'Truora',
});
const claimed = createClaimed(claimsOf, { key, payloadBytesMax: 8192 });
const headers = { 'Content-Type': 'application/jwt' };

let number = 0;
/** A token of its own, as somebody would write it who does not load-test for a living. */
const nextToken = () => signDelivery(claimsOf(number++, Math.floor(Date.now() / 1000)), key);

const ours = async (tokens) => {
  const run = startLoad({
    url,
    templates: [tokens],
    headers: Object.entries(headers),
    http: { guard: createTargetGuard({ allowedHosts: [], resolve: {} }), insecure: false },
    policy: createPolicy({}),
    firstNumber: number,
    connections,
    pipelining: 1,
    ...(countText === undefined ? { durationMs } : { count: Number(countText) }),
  });
  await run.done;
  const { requests, ends, failed } = run.books.figures();
  number = run.nextNumber();
  if (ends.answered !== requests || failed > 0) throw new Error('a delivery failed');
  return requests;
};

/** Keeps so many requests in the air until the time is over. */
const keepSending = async (send) => {
  const untilMs = performance.now() + durationMs;
  let done = 0;
  const work = async () => {
    while (performance.now() < untilMs) {
      if ((await send()) !== 200) throw new Error('a delivery failed');
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  return done;
};

const senders = {
  ours: async () => ours(template),
  'ours, arbitrary claims': async () => ours(claimed),
  'undici dispatch': async () => {
    const { Pool } = await import('undici');
    const { origin, pathname } = new URL(url);
    const pool = new Pool(origin, { connections, pipelining: 1 });
    const done = await keepSending(
      async () =>
        new Promise((resolve, reject) => {
          let status = 0;
          pool.dispatch(
            { path: pathname, method: 'POST', headers, body: nextToken() },
            {
              onRequestStart: () => undefined,
              onResponseStart: (_controller, statusCode) => (status = statusCode),
              onResponseData: () => undefined,
              onResponseEnd: () => resolve(status),
              onResponseError: (_controller, error) => reject(error),
            },
          );
        }),
    );
    await pool.close();
    return done;
  },
  'http.request': async () => {
    const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
    const done = await keepSending(
      async () =>
        new Promise((resolve, reject) => {
          const request = http.request(url, { method: 'POST', headers, agent }, (response) => {
            response.resume().once('end', () => resolve(response.statusCode));
          });
          request.once('error', reject).end(nextToken());
        }),
    );
    agent.destroy();
    return done;
  },
  fetch: async () =>
    keepSending(async () => {
      const response = await fetch(url, { method: 'POST', headers, body: nextToken() });
      await response.arrayBuffer();
      return response.status;
    }),
  autocannon: async () => {
    const { default: autocannon } = await import('autocannon');
    const result = await autocannon({
      url,
      connections,
      duration: durationMs / 1000,
      method: 'POST',
      headers,
      setupClient: (client) => {
        client.setBody(nextToken());
        client.on('response', () => client.setBody(nextToken()));
      },
    });
    return result['2xx'];
  },
};

// Warm: the first requests compile what the others run.
const warm = await senders[name]();
durationMs = Number(milliseconds);
const cpu = process.cpuUsage();
const startMs = performance.now();
const requests = await senders[name]();
const tookMs = performance.now() - startMs;
const { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ requests, sent: warm + requests, tookMs, cpuMicros: user + system }));
process.exit();
