import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase, Judgement, Seen } from '../runner/case.js';
import {
  acknowledgesAll,
  allOf,
  appliesOnce,
  describeAttempt,
  isAcknowledged,
  refusesAll,
} from '../runner/judge.js';
import { watchAbsent } from '../runner/watch.js';
import { noneToken } from '../verification/alg-none.js';
import { createForgeKit, flipBit, segment, signed, withMac } from '../verification/forge.js';
import { scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const poisoned: Family = {
  name: 'forgery-poisons-the-store',
  why: 'The key is saved before the signature is checked. A stranger who sends a guess, or your own bad deploy, blocks the genuine event: it is thrown away as a copy.',
  fix: 'Verify the whole token first; touch the store of keys only afterwards.',
};

const cached: Family = {
  name: 'verification-cache',
  why: 'The result of an earlier check is reused for a token that is not the same: what was never verified passes.',
  fix: 'Do not cache verifications, or key the cache by the whole token.',
};

const locked: Family = {
  name: 'lock-out',
  why: 'Anyone can send you bad tokens. If they shut the door for genuine ones, a stranger can get your hook disabled.',
  fix: 'Limit bad requests without refusing those whose signature is right.',
};

/** Forgeries first, each of which must have no effect, then the genuine event that they name. */
const thenGenuine = async (
  context: CaseContext,
  forge: (kit: ReturnType<typeof createForgeKit>) => readonly (readonly [string, string])[],
) => {
  const event = context.event();
  const kit = createForgeKit(context, event);
  const forgeries: Attempt[] = [];
  for (const [label, body] of forge(kit)) {
    forgeries.push(await context.send('hostile', [event], body, { label }));
  }
  const before = await context.count(event);
  const genuine = (await context.deliver([event], { label: 'the genuine event' })).slice(-1);
  return {
    attempts: [...forgeries, ...genuine],
    watched: [{ event, expected: 1 as const }],
    judge: (seen: Seen): Judgement => {
      const atForgery: Seen = { ...seen, count: () => before };
      return allOf(
        refusesAll(forgeries, atForgery),
        acknowledgesAll(genuine),
        appliesOnce([event], seen, {
          what: say`no effect of the forgery, one of the genuine event`,
        }),
      );
    },
  };
};

export const forgeryCases: readonly ContractCase[] = [
  scenario(poisoned, {
    slug: 'forged-then-genuine',
    catalogue: 'D23',
    title: 'applies a genuine event whose key was in a forgery before',
    rule: 'What is not verified leaves no trace.',
    source: 'poisoned deduplication',
    severity: 'critical',
    stage: 'patient',
    run: async (context) =>
      thenGenuine(context, (kit) => [
        ['one bit of the MAC flipped', withMac(kit, flipBit(kit.mac, 5))],
      ]),
  }),
  scenario(poisoned, {
    slug: 'unsigned-then-genuine',
    catalogue: 'D24',
    title: 'applies a genuine event whose key was in an unsigned token before',
    rule: 'What is not verified leaves no trace.',
    source: 'poisoned deduplication',
    severity: 'critical',
    stage: 'patient',
    run: async (context) => thenGenuine(context, (kit) => [['alg none', noneToken(kit)]]),
  }),
  scenario(poisoned, {
    slug: 'expired-then-valid',
    catalogue: 'D25',
    title: 'applies a valid event whose key was in an expired token before',
    rule: 'What is refused leaves no trace.',
    source: 'keys recorded before the whole verification',
    severity: 'medium',
    level: 'should',
    stage: 'patient',
    run: async (context) => {
      const event = context.event();
      const kit = createForgeKit(context, event);
      const expired = await context.send(
        'oddity',
        [event],
        signed({ payload: { ...kit.claims, exp: kit.nowSeconds - 600 }, key: kit.key }),
        { label: 'expired' },
      );
      const valid = (await context.deliver([event], { label: 'valid' })).slice(-1);
      return {
        attempts: [expired, ...valid],
        watched: [{ event, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(valid), appliesOnce([event], seen)),
      };
    },
  }),
  scenario(poisoned, {
    slug: 'wrong-key-then-mended',
    catalogue: 'D52',
    title: 'applies an event that failed while the wrong key was deployed',
    rule: 'A delivery that cannot be verified is refused, so that it is retried.',
    source: 'Truora hooks page, retry table',
    severity: 'high',
    stage: 'patient',
    why: 'After a bad deploy the retries are what saves you: they only come if the failed check was answered 4xx, and only help if it left no trace.',
    fix: 'Answer 401 to what you cannot verify, and save nothing of it.',
    run: async (context) =>
      thenGenuine(context, (kit) => [
        ['signed with another key', signed({ payload: kit.payload, key: kit.strangersKey })],
      ]),
  }),
  scenario(locked, {
    slug: 'fifty-forgeries-then-genuine',
    catalogue: 'D53',
    title: 'applies a genuine event after 50 forgeries of it',
    rule: 'Forgeries do not lock genuine deliveries out.',
    source: 'denial of service by lock-out',
    severity: 'high',
    stage: 'patient',
    run: async (context) =>
      thenGenuine(context, (kit) =>
        Array.from({ length: 50 }, (_unused, index) => [
          `forgery ${index + 1}`,
          signed({ payload: kit.payload, key: `${kit.strangersKey}${index}` }),
        ]),
      ),
  }),
  scenario(cached, {
    slug: 'genuine-then-other-payload',
    catalogue: 'D54',
    title: 'refuses forgeries that share with a genuine token all but the payload or the signature',
    rule: 'Every delivery is verified by itself.',
    source: 'caches keyed by a part of the token, or by the event',
    severity: 'critical',
    run: async (context) => {
      const genuine = context.event();
      const kit = createForgeKit(context, genuine);
      const first = (
        await context.deliver([genuine], { label: 'genuine', body: () => kit.token })
      ).slice(-1);
      const payloadOf = (events: readonly TruoraEvent[]): string =>
        JSON.stringify({ ...kit.claims, events });
      const strangers = (payload: string): string => signed({ payload, key: kit.strangersKey });
      const sendForged = async (
        label: string,
        bodyFor: (smuggled: TruoraEvent) => string,
      ): Promise<Attempt> => {
        const smuggled = context.event();
        return context.send('hostile', [smuggled], bodyFor(smuggled), { label });
      };
      const forged = [
        await sendForged(
          'other payload, same signature',
          (smuggled) =>
            `${kit.headerSegment}.${segment(payloadOf([smuggled]))}.${segment(kit.mac)}`,
        ),
        await sendForged('after the known event, another key', (smuggled) =>
          strangers(payloadOf([genuine, smuggled])),
        ),
        await sendForged('before the known event, another key', (smuggled) =>
          strangers(payloadOf([smuggled, genuine])),
        ),
        await sendForged('same header and iat, another key', (smuggled) =>
          strangers(payloadOf([smuggled])),
        ),
      ];
      return {
        attempts: [...first, ...forged],
        watched: [{ event: genuine, expected: 1 }, ...watchAbsent(forged)],
        judge: (seen) => allOf(acknowledgesAll(first), refusesAll(forged, seen)),
      };
    },
  }),
  scenario(cached, {
    slug: 'genuine-then-broken-signature',
    catalogue: 'D55',
    title: 'refuses a broken signature under a header and payload that were right',
    rule: 'Every delivery is verified by itself.',
    source: 'caches keyed by the payload',
    severity: 'medium',
    level: 'should',
    run: async (context) => {
      const event = context.event();
      const kit = createForgeKit(context, event);
      const first = (
        await context.deliver([event], { label: 'genuine', body: () => kit.token })
      ).slice(-1);
      const broken = await context.send('hostile', [event], withMac(kit, flipBit(kit.mac, 17)), {
        label: 'broken signature',
      });
      return {
        attempts: [...first, broken],
        watched: [{ event, expected: 1 }],
        judge: (seen) => {
          const refused: Judgement = {
            verdict: isAcknowledged(broken) && !seen.facts.statusBlind ? 'failed' : 'passed',
            expected: say`no 2xx to the broken signature`,
            actual: describeAttempt(broken, seen),
          };
          return allOf(acknowledgesAll(first), appliesOnce([event], seen), refused);
        },
      };
    },
  }),
];
