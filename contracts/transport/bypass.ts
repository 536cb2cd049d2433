import type { Attempt, ContractCase, Seen } from '../runner/case.js';
import {
  isAcknowledged,
  notObservable,
  readRefusal,
  refusesAll,
  statusOf,
} from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { noneToken } from '../verification/alg-none.js';
import type { ForgeKit } from '../verification/forge.js';
import { OTHER_TYPES } from './content-types.js';
import { bypass, bypassCase, header, sendForged } from './forged.js';
import type { Variant } from './forged.js';
import { pathVariants } from './spelling.js';
import { transportCase } from './transport-case.js';
import { say } from '../../language/say.js';

const asJson = ({ claims }: ForgeKit): string => JSON.stringify(claims);

const isRedirect = (attempt: Attempt): boolean => Math.floor((statusOf(attempt) ?? 0) / 100) === 3;

const GUESSES = ['1', 'test', 'sha256=0000', 'true'] as const;

/** What is left in from development, to try a handler without a key. */
const SWITCHES = ['Debug', 'Test', 'Internal'] as const;

const query = (target: string, name: string, value: string): Variant => {
  const url = new URL(target);
  url.searchParams.set(name, value);
  return { label: url.search, options: { url: url.href } };
};

/** Ways around the verification: other methods, paths, headers and sources. */
export const bypassCases: readonly ContractCase[] = [
  transportCase(bypass, {
    slug: 'safe-methods',
    catalogue: 'P01',
    title: 'does nothing on GET and HEAD',
    rule: 'GET and HEAD are safe: they change nothing.',
    source: 'RFC 9110 §9.2.1',
    severity: 'high',
    run: async (context) => {
      const attempts = await Promise.all(
        ['GET', 'HEAD'].map(async (method) => {
          const event = context.event();
          const token = context.token([event]);
          const url = new URL(context.url);
          url.searchParams.set('token', token);
          return context.send('oddity', [event], '', { label: method, method, url: url.href });
        }),
      );
      const judge = (seen: Seen) =>
        !seen.facts.effects && attempts.some(isAcknowledged)
          ? notObservable(say`no effect`, say`a page may answer 200 to GET`)
          : refusesAll(attempts, seen);
      return {
        attempts,
        watched: watchAbsent(attempts),
        judge,
      };
    },
  }),
  bypassCase({
    slug: 'other-methods-forged',
    catalogue: 'P04',
    title: 'refuses forgeries by PUT, PATCH and DELETE',
    severity: 'critical',
    source: 'a check that is mounted for POST only',
    variants: () =>
      ['PUT', 'PATCH', 'DELETE'].map((method) => ({ label: method, options: { method } })),
  }),
  bypassCase({
    slug: 'method-override-forged',
    catalogue: 'P05',
    title: 'refuses forgeries with a method override',
    severity: 'high',
    source: 'X-HTTP-Method-Override middleware',
    variants: () =>
      ['GET', 'PUT', 'PATCH', 'DELETE'].map((method) => header('X-HTTP-Method-Override', method)),
  }),
  bypassCase({
    slug: 'content-types-forged',
    catalogue: 'P07',
    title: 'refuses forgeries under every content type',
    severity: 'critical',
    source: 'a check that depends on the body parser',
    variants: () =>
      [...OTHER_TYPES, null].flatMap((contentType) => [
        { label: `${contentType ?? 'none'}, wrong key`, options: { contentType } },
        { label: `${contentType ?? 'none'}, alg none`, options: { contentType }, body: noneToken },
      ]),
  }),
  transportCase(bypass, {
    slug: 'path-variants-forged',
    catalogue: 'P39',
    title: 'refuses forgeries on other spellings of its path',
    rule: 'Nothing but a verified token has an effect, on any path.',
    source: 'a check that is mounted on one spelling',
    severity: 'critical',
    run: async (context) => {
      const variants = Object.entries(pathVariants(context.url));
      const attempts = await sendForged(
        context,
        variants.map(([label, url]) => ({ label, options: { url } })),
      );
      // A page that answers 200 to anything on that path says nothing about the forgery.
      const garbage = await Promise.all(
        variants.map(async ([label, url]) =>
          context.send('oddity', [], 'no token', { label: `${label}, no token`, url }),
        ),
      );
      const telling = attempts.filter((_attempt, index) => {
        const same = garbage[index];
        return same === undefined || !isAcknowledged(same);
      });
      // A redirect is no acknowledgement; it leads to the receiver's own path, or to nothing of it.
      const answered = attempts.filter((attempt) => !isRedirect(attempt));
      return {
        attempts: [...attempts, ...garbage],
        watched: watchAbsent(attempts),
        judge: (seen) =>
          !seen.facts.effects && attempts.some((one) => readRefusal(one, seen) === 'accepted')
            ? telling.some((one) => readRefusal(one, seen) === 'accepted')
              ? refusesAll(telling, seen, { closes: true })
              : notObservable(say`no effect`, say`those paths answer 2xx to anything`)
            : refusesAll(seen.facts.effects ? attempts : answered, seen, { closes: true }),
      };
    },
  }),
  bypassCase({
    slug: 'token-in-header-vouches-for-json',
    catalogue: 'P41',
    title: 'refuses a JSON body that a genuine token in a header vouches for',
    severity: 'critical',
    source: 'two sources for one decision',
    variants: (context) => [
      {
        label: 'Authorization: Bearer <genuine token>',
        options: {
          contentType: 'application/json',
          headers: [['Authorization', `Bearer ${context.token([context.event()])}`]],
        },
        body: asJson,
      },
    ],
  }),
  bypassCase({
    slug: 'signature-headers-guessed',
    catalogue: 'P43',
    title: 'refuses forged JSON with a made-up signature header',
    severity: 'critical',
    source: 'headers that public receivers look at (OBS)',
    variants: () =>
      [
        'X-Truora-Signature',
        'Truora-Signature',
        'X-Signature',
        'X-Hub-Signature-256',
        'X-Webhook-Secret',
        'X-API-Key',
        'Truora-API-Key',
      ].flatMap((name, index) => [
        {
          label: name,
          options: {
            contentType: 'application/json',
            headers: [[name, GUESSES[index % GUESSES.length] ?? '1'] as const],
          },
          body: asJson,
        },
      ]),
  }),
  bypassCase({
    slug: 'forwarded-headers-trusted',
    catalogue: 'P44',
    title: 'refuses forgeries that claim to come from an allowed sender, or to be a test',
    severity: 'critical',
    source: 'allow lists and switches on what anyone can write',
    variants: (context) => [
      ...(['127.0.0.1', '10.0.0.1'] as const).flatMap((address) => [
        header('X-Forwarded-For', address),
        header('X-Real-IP', address),
        header('Forwarded', `for=${address}`),
        header('X-Client-IP', address),
        header('True-Client-IP', address),
        header('CF-Connecting-IP', address),
      ]),
      header('User-Agent', 'Truora'),
      header('Origin', 'https://api.truora.com'),
      header('Referer', 'https://api.truora.com/'),
      header('X-Forwarded-Host', 'api.truora.com'),
      ...SWITCHES.map((name) => header(`X-${name}`, 'true')),
      ...SWITCHES.map((name) => query(context.url, name.toLowerCase(), 'true')),
    ],
  }),
];
