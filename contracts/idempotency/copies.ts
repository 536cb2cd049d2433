import type { ContractCase, Judgement } from '../runner/case.js';
import { allOf, appliesOnce, isAcknowledged, isBusy } from '../runner/judge.js';
import { HEADER, signed, unusedBitsChanged } from '../verification/forge.js';
import type { JsonObject } from '../verification/forge.js';
import { inTurn, onceEach, scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

const copies: Family = {
  name: 'no-deduplication',
  why: 'Truora repeats a delivery whenever your answer is lost or late. Without deduplication a customer is charged, mailed or approved twice.',
  fix: 'Save the event’s key in the same transaction as its effect, under a unique constraint, and answer 200 to a key that is already there.',
};

const respelled: Family = {
  name: 'key-is-the-token',
  why: 'Each retry may be signed again: another iat, other bytes, the same event. Deduplication by the token’s text or hash sees a new one each time.',
  fix: 'Use the event’s own key (`events[].id`), one for each event, not the token or its hash.',
};

const races: Family = {
  name: 'race-between-copies',
  why: 'Two copies that arrive together both find the key absent, and both apply the event: “check, then insert” is not deduplication.',
  fix: 'Let the database decide: `INSERT … ON CONFLICT DO NOTHING` with the effect in the same transaction, or a lock on the key.',
};

const RULE = 'One event has one effect, however often it is delivered.';
const SOURCE = 'Truora hooks page: receivers discard duplicates by the idempotency key';

const pretty = (value: unknown): string => JSON.stringify(value, null, 2);

/** The same claims in another spelling, signed by the key's holder. */
const respell = (
  token: string,
  key: string,
  header: string,
  change: (claims: JsonObject) => string,
) =>
  signed({
    header,
    payload: change(
      JSON.parse(
        Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'),
      ) as JsonObject,
    ),
    key,
  });

/** How long the six copies of one delivery are spread over, in milliseconds after the first. */
const SPREAD_MS = [0, 50, 150, 300, 450, 1600];

const race = (slug: string, catalogue: string, number: number, rounds: number): ContractCase =>
  scenario(races, {
    slug,
    catalogue,
    title: `applies ${number} copies that arrive at once only once`,
    rule: RULE,
    source: 'last-byte synchronisation; time of check to time of use',
    severity: 'critical',
    run: async (context) => {
      const events = Array.from({ length: rounds }, () => context.event());
      const attempts: Awaited<ReturnType<typeof context.race>>[] = [];
      const retries = [];
      for (const event of events) {
        const shots = Array.from({ length: number }, (_unused, copy) => ({
          events: [event],
          body: context.token([event], { ageSeconds: 2 + copy }),
        }));
        attempts.push(await context.race(shots));
        retries.push(...(await context.deliver([event], { label: 'later copy' })).slice(-1));
      }
      const someTaken: Judgement = {
        expected: say`a 2xx answer to at least one copy, and to a later one`,
        ...(attempts.every((round) => round.some(isAcknowledged) || round.every(isBusy)) &&
        retries.every(isAcknowledged)
          ? { verdict: 'passed', actual: 'acknowledged' }
          : {
              verdict: 'failed',
              actual: say`no copy was acknowledged, or a later copy was refused`,
            }),
      };
      return {
        attempts: [...attempts.flat(), ...retries],
        watched: events.map((event) => ({ event, expected: 1 })),
        judge: (seen) => allOf(someTaken, appliesOnce(events, seen)),
      };
    },
  });

export const copyCases: readonly ContractCase[] = [
  scenario(copies, {
    slug: 'identical-copy',
    catalogue: 'D01',
    title: 'applies an identical copy once',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    run: async (context) => {
      const event = context.event();
      const token = context.token([event]);
      const attempts = await inTurn(context, [
        { label: 'first', events: [event], body: () => token },
        { label: 'copy', events: [event], body: () => token },
      ]);
      return onceEach(attempts, [event]);
    },
  }),
  scenario(respelled, {
    slug: 'copy-signed-again',
    catalogue: 'D02',
    title: 'applies a copy with a new iat once',
    rule: RULE,
    source: 'Standard Webhooks: the attempt’s time changes, the id does not',
    severity: 'critical',
    run: async (context) => {
      const event = context.event();
      const attempts = await inTurn(
        context,
        [40, 2].map((ageSeconds, index) => ({
          label: index === 0 ? 'first' : 'signed again',
          events: [event],
          body: () => context.token([event], { ageSeconds }),
        })),
      );
      return onceEach(attempts, [event]);
    },
  }),
  scenario(respelled, {
    slug: 'copy-spelled-otherwise',
    catalogue: 'D03',
    title: 'applies a copy with other JSON spelling once',
    rule: RULE,
    source: 'the key is the event, not the bytes',
    severity: 'high',
    run: async (context) => {
      const event = context.event();
      const token = context.token([event]);
      const reordered = '{"typ":"JWT","alg":"HS256"}';
      const attempts = await inTurn(context, [
        { label: 'first', events: [event], body: () => token },
        {
          label: 'other header order',
          events: [event],
          body: () => respell(token, context.key, reordered, JSON.stringify),
        },
        {
          label: 'pretty-printed',
          events: [event],
          body: () => respell(token, context.key, pretty(HEADER), pretty),
        },
      ]);
      return onceEach(attempts, [event]);
    },
  }),
  ...(
    [
      ['copy-with-other-trailing-bits', 'D04', 'high', unusedBitsChanged],
      ['copy-with-line-feed', 'D05', 'medium', (token: string) => `${token}\n`],
    ] as const
  ).map(([slug, catalogue, severity, change]) =>
    scenario(respelled, {
      slug,
      catalogue,
      title: `applies a ${slug.replaceAll('-', ' ')} once at most`,
      rule: 'Another spelling of a token is not another event.',
      source: 'tink-java PR 82; joserfc PR 51',
      severity,
      run: async (context) => {
        const event = context.event();
        const token = context.token([event]);
        const [first] = await inTurn(context, [
          { label: 'first', events: [event], body: () => token },
        ]);
        const copy = await context.send('oddity', [event], change(token), { label: 'respelled' });
        return {
          attempts: first === undefined ? [copy] : [first, copy],
          watched: [{ event, expected: 1 }],
          judge: (seen) => appliesOnce([event], seen),
        };
      },
    }),
  ),
  scenario(copies, {
    slug: 'all-six-attempts-arrive',
    catalogue: 'D06',
    title: 'applies an event once when all six attempts arrive',
    rule: RULE,
    source: 'Truora hooks page, retry table',
    severity: 'critical',
    stage: 'patient',
    why: 'When only your answers are lost, every one of the six attempts reaches you. Keys that are forgotten after a moment let the later ones through.',
    fix: 'Keep keys for at least the 170.5 minutes of the retry schedule, better for 60 days: the Events API repeats events that long.',
    run: async (context) => {
      const event = context.event();
      const attempts = [];
      for (const [index, afterMs] of SPREAD_MS.entries()) {
        await context.wait(afterMs - (SPREAD_MS[index - 1] ?? 0));
        attempts.push(
          ...(await context.deliver([event], { label: `attempt ${index + 1}` })).slice(-1),
        );
      }
      return onceEach(attempts, [event]);
    },
  }),
  race('concurrent-2-copies', 'D07', 2, 6),
  race('concurrent-10-copies', 'D08', 10, 3),
  scenario(copies, {
    slug: 'copy-after-another',
    catalogue: 'D47',
    title: 'applies A, B, A as one A and one B',
    rule: RULE,
    source: SOURCE,
    severity: 'high',
    why: 'Remembering only the last key is enough until two customers sign up in the same minute.',
    run: async (context) => {
      const [a, b] = [context.event(), context.event()];
      const attempts = await inTurn(context, [
        { label: 'A', events: [a] },
        { label: 'B', events: [b] },
        { label: 'A again', events: [a] },
      ]);
      return onceEach(attempts, [a, b]);
    },
  }),
  scenario(copies, {
    slug: 'same-key-other-content',
    catalogue: 'D40',
    title: 'keeps the first content of a key',
    rule: 'A key that was seen is discarded, whatever comes with it.',
    source: `${SOURCE}; the IETF idempotency draft’s 422 is right too`,
    severity: 'medium',
    run: async (context) => {
      const event = context.event();
      const changed = { ...event, object: { ...event.object, hookproof_changed: true } };
      const attempts = await inTurn(context, [{ label: 'first', events: [event] }]);
      const second = await context.send('oddity', [event], context.token([changed]), {
        label: 'other content',
      });
      return {
        attempts: [...attempts, second],
        watched: [{ event, expected: 1 }],
        judge: (seen) => appliesOnce([event], seen),
      };
    },
  }),
];
