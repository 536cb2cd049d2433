/** Events as the catalogue makes them, captured as the receiver would. */
import {
  createEvent,
  createRandom,
  createResource,
  findPair,
  signDelivery,
} from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import type { CapturedDelivery } from '../../simulator/capture/captured.js';
import { type Arrival, type Keep, describeArrival } from '../../simulator/capture/describe.js';

export const key = '5f0c1d2e3b4a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0';

const AT_MS = 1_767_323_045_000;

/** One event, and the person that it is about. */
export const makeEvent = (name: string, seed = 1) => {
  const random = createRandom(`${name} ${seed}`);
  const pair = findPair(name);
  const resource = createResource(pair.product, random, AT_MS);
  return { event: createEvent(pair, resource, random, AT_MS), resource };
};

export const tokenOf = (payload: object, secret = key): string =>
  signDelivery({ iat: 1_767_323_046, iss: 'Truora', events: [], ...payload }, secret);

export const capture = (
  /** A text, or `cut` or `too-large`. */
  body: string,
  {
    headers = ['Content-Type', 'application/jwt'],
    ...changes
  }: Partial<Arrival> & {
    readonly headers?: readonly string[];
  } = {},
  keep: Keep = { full: false, key },
): CapturedDelivery =>
  describeArrival(
    {
      at: '2026-01-02T03:04:06.000Z',
      family: 'IPv4',
      httpVersion: '1.1',
      method: 'POST',
      url: '/hook',
      rawHeaders: headers,
      bytes: body.length,
      body: body === 'cut' || body === 'too-large' ? body : Buffer.from(body),
      answered: 200,
      ...changes,
    },
    keep,
  );

/** A delivery of these events, as it is captured. */
export const captureEvents = (
  events: readonly (TruoraEvent | object)[],
  more: object = {},
): CapturedDelivery => capture(tokenOf({ events, ...more }));
