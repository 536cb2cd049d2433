import type { ContractCase } from '../runner/case.js';
import { refusesAll } from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { bypass, bypassCase, forged } from './forged.js';
import { transportCase } from './transport-case.js';
import { onceInAll, unusual } from './unusual.js';
import type { Way } from './unusual.js';

/** Where a token is looked for beside the body. */
const places = (
  address: string,
): Readonly<
  Record<
    string,
    (token: string) => { url?: string; headers?: readonly (readonly [string, string])[] }
  >
> => ({
  'in the query': (token) => {
    const url = new URL(address);
    url.searchParams.set('token', token);
    return { url: url.href };
  },
  'in Authorization': (token) => ({ headers: [['Authorization', `Bearer ${token}`]] }),
  'in a cookie': (token) => ({ headers: [['Cookie', `token=${token}`]] }),
});

/** Requests without a body of their own: OPTIONS, and tokens that stand elsewhere. */
export const methodCases: readonly ContractCase[] = [
  transportCase(bypass, {
    slug: 'options',
    catalogue: 'P02',
    title: 'does nothing on OPTIONS',
    rule: 'OPTIONS is safe: it changes nothing.',
    source: 'RFC 9110 §9.2.1',
    severity: 'low',
    level: 'should',
    needs: ['effects'],
    run: async (context) => {
      const event = context.event();
      const attempt = await context.send('oddity', [event], context.token([event]), {
        label: 'OPTIONS',
        method: 'OPTIONS',
      });
      return {
        attempts: [attempt],
        watched: watchAbsent([attempt]),
        judge: (seen) => refusesAll([attempt], seen, { closes: true }),
      };
    },
  }),
  transportCase(unusual, {
    slug: 'token-beside-an-empty-body',
    catalogue: 'P42',
    title: 'applies an event once whose token first stands beside an empty body',
    rule: 'The token is the body; elsewhere it may be taken or refused.',
    source: 'handlers that look for a token in several places',
    severity: 'low',
    level: 'should',
    run: async (context) =>
      onceInAll(
        context,
        Object.entries(places(context.url)).map(([label, place]): Way => ({
          label,
          request: (token) => ({ body: '', options: place(token) }),
        })),
      ),
  }),
  bypassCase({
    slug: 'token-beside-an-empty-body-forged',
    catalogue: 'P42',
    title: 'refuses a forged token beside an empty body',
    severity: 'critical',
    source: 'a second place for the token, without the check',
    // An empty POST may be answered 200 as a ping.
    needs: ['effects'],
    variants: (context) =>
      Object.entries(places(context.url)).map(([label, place]) => ({
        label,
        options: (kit) => place(forged(kit)),
        body: () => '',
      })),
  }),
];
