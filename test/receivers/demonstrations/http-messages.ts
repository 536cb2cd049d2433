import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Lab, PostOptions } from '../lab.js';
import { createEvent, flipped, sign, unsigned } from '../token.js';
import { sending, type Demonstration } from './demonstration.js';

const hookPath = '/webhooks/truora';

/** The head of a raw delivery. */
const head = (length: number, ...headers: readonly string[]): string =>
  [`POST ${hookPath} HTTP/1.1`, ...headers, `Content-Length: ${length}`, '', ''].join('\r\n');

const bomb = (): Buffer => {
  const body = gzipSync(Buffer.alloc(40 * 1024 * 1024));
  const text = head(body.length, 'Host: a', 'Content-Encoding: gzip', 'Connection: close');
  return Buffer.concat([Buffer.from(text), body]);
};

/** One event twice: first in another way, then as usual. */
const otherThenUsual =
  (options: PostOptions): Demonstration =>
  async (lab) => {
    const event = createEvent();
    const statuses = [await lab.post(sign([event]), options), await lab.post(sign([event]))];
    return [statuses.at(-1), await lab.count(event.id)];
  };

/** Whether a delivery is taken after this. */
const thenDelivers =
  (before: (lab: Lab) => Promise<unknown>): Demonstration =>
  async (lab) => {
    await before(lab);
    await sleep(50);
    return lab.deliver(createEvent());
  };

/** A delivery's status while connections stand open that sent only this. */
const beside =
  (connections: number, text: string): Demonstration =>
  async (lab) => {
    const open = Array.from({ length: connections }, async () => lab.raw(text, 500));
    await sleep(100);
    const status = await lab.post(sign([createEvent()]), { timeoutMs: 200 });
    await Promise.all(open);
    return status;
  };

/** Demonstrations of the mutants of unusual messages and connections, by their ids. */
export const httpMessages: Readonly<Record<string, Demonstration>> = {
  'takes-delivery-by-options': async (lab) => {
    const event = createEvent();
    return [await lab.post(sign([event]), { method: 'OPTIONS' }), await lab.count(event.id)];
  },
  'takes-query-token-unverified': async (lab) => {
    const event = createEvent();
    const path = `${hookPath}?token=${unsigned([event])}`;
    return [await lab.post('', { path }), await lab.count(event.id)];
  },
  'trusts-local-host': async (lab) => {
    const event = createEvent();
    const token = flipped(sign([event]));
    await lab.raw(`${head(token.length, 'Host: localhost', 'Connection: close')}${token}`);
    return lab.count(event.id);
  },
  'keys-by-method': otherThenUsual({ method: 'PUT' }),
  'keys-by-target': otherThenUsual({ path: `${hookPath}?x=1` }),
  'decodes-by-charset': sending((event) => sign([event]), {
    'content-type': 'application/jwt; charset=x-unknown',
  }),
  'wants-form-fields': sending(() => '--b--', {
    'content-type': 'multipart/form-data; boundary=b',
  }),
  'acknowledges-what-it-cannot-inflate': sending((event) => sign([event]), {
    'content-encoding': 'gzip',
  }),
  'exits-on-broken-gzip': thenDelivers(async (lab) =>
    lab.post('x', { headers: { 'content-encoding': 'gzip' } }),
  ),
  'inflates-without-limit': thenDelivers(async (lab) => lab.raw(bomb(), 1_000)),
  'falls-over-missing-host': async (lab) => {
    const token = sign([createEvent()]);
    const { text } = await lab.raw(`${head(token.length).replace('1.1', '1.0')}${token}`);
    return text.split(' ')[1];
  },
  'takes-cut-body': async (lab) => {
    const event = createEvent();
    const token = sign([event]);
    await lab.raw(`${head(token.length + 50, 'Host: a')}${token}`, 50);
    await sleep(100);
    return lab.count(event.id);
  },
  'exits-on-cut-body': thenDelivers(async (lab) => lab.raw(`${head(50, 'Host: a')}x`, 50)),
  'drops-work-of-gone-sender': async (lab) => {
    const event = createEvent();
    const token = sign([event]);
    await lab.raw(`${head(token.length, 'Host: a')}${token}`, 5);
    await sleep(100);
    return [await lab.post(sign([event])), await lab.count(event.id)];
  },
  'takes-few-connections': beside(50, head(50, 'Host: a').slice(0, -2)),
  'reads-bodies-in-turn': beside(1, head(50, 'Host: a')),
};
