import type { TruoraEvent } from '../../simulator/index.js';
import { findPair } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase, Observations } from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, statusOf } from '../runner/judge.js';
import { inTurn, onceEach, scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { watchApplied } from '../runner/watch.js';
import { say } from '../../language/say.js';

const tooCoarse: Family = {
  name: 'key-too-coarse',
  why: 'Two different events look the same to the receiver, so the second is thrown away as a copy: the verdict never reaches you.',
  fix: 'Use the event’s own key, whole and as it is: not the resource’s id, the time, a part or a normalised form of it.',
};

const order: Family = {
  name: 'order-of-arrival',
  why: 'Retries make events late: the one that failed at noon arrives after the one of one o’clock. Dropping what is older than the newest loses it.',
  fix: 'Decide by the event’s key whether it is new, and by the resource’s own state whether it still matters; never by a newest time seen.',
};

const RULE = 'Events with different keys are different events.';
const SOURCE = 'Truora hooks page: the idempotency key tells events apart';

/** Two pairs of one product that the receiver handles, in the order of a life; or one pair twice. */
const lifecycle = ({ facts }: CaseContext): readonly [string, string] => {
  const names = [...facts.handled];
  const ofProduct = (product: string): readonly string[] =>
    names.filter((name) => findPair(name).product === product);
  const rich = names
    .map((name) => ofProduct(findPair(name).product))
    .find((list) => list.length > 1);
  const first = rich?.find((name) => name.endsWith('.created')) ?? rich?.[0] ?? names[0] ?? '';
  const last = rich?.find((name) => /\.(succeeded|finished)$/.test(name) && name !== first);
  return [first, last ?? rich?.find((name) => name !== first) ?? first];
};

/** An event of a handled pair that names an account. */
const ofAnAccount = (context: CaseContext) => {
  for (const pair of context.facts.handled) {
    const event = context.event({ pair });
    const { account_id: account } = event.object as { readonly account_id?: unknown };
    if (account !== undefined) return { pair, event, account };
  }
  return undefined;
};

const keyPair = (
  slug: string,
  catalogue: string,
  title: string,
  keys: (key: string, random: CaseContext['random']) => readonly string[],
  more: {
    readonly severity: 'high' | 'low';
    readonly level: 'must' | 'may';
    readonly source: string;
    /** One key is part of another. */
    readonly alike?: true;
  },
): ContractCase => {
  const { alike = false, ...words } = more;
  return scenario(tooCoarse, {
    slug,
    catalogue,
    title,
    rule: RULE,
    ...words,
    run: async (context) => {
      const pair = [...context.facts.handled][0] ?? '';
      if (alike && context.sink !== undefined) return inSinkAlike(title);
      const first = context.event({ pair });
      const events = keys(context.keyOf(first), context.random).map((key, index) =>
        context.rekey(index === 0 ? first : context.event({ pair }), key),
      );
      if (!events.every(context.canCount)) {
        return uncountable(title, say`--probe-cmd is given no such key; use --probe`);
      }
      if (alike && !(await areAnswered(context, events))) {
        return uncountable(title, say`the probe fails for such a key`);
      }
      const attempts = await inTurn(
        context,
        events.map((event, index) => ({ label: `key ${index + 1}`, events: [event] })),
      );
      return more.level === 'may' ? onceOrRefused(attempts) : onceEach(attempts, events);
    },
  });
};

/** A key that Truora would never send may be called no key, by any 4xx but those that say “again” or “known”. */
const onceOrRefused = (attempts: readonly Attempt[]): Observations => {
  const taken = attempts.filter((attempt) => !NO_KEY.has(statusOf(attempt) ?? 0));
  const events = taken.flatMap((attempt) => attempt.events);
  const what = say`one effect each, or no 2xx`;
  return {
    attempts,
    watched: watchApplied(attempts),
    judge: (seen) => allOf(acknowledgesAll(taken), appliesOnce(events, seen, { what })),
  };
};

const NO_KEY: ReadonlySet<number> = new Set([400, 401, 403, 406, 413, 415, 422]);

/** A sink finds keys in texts: there one that is part of another cannot be told from it. */
const inSinkAlike = (expected: string): Observations => ({
  attempts: [],
  watched: [],
  judge: () => ({ verdict: 'skipped', expected, actual: say`a sink cannot tell these keys apart` }),
});

const notHandled = (actual: string): Observations => ({
  attempts: [],
  watched: [],
  judge: () => ({ verdict: 'skipped', expected: say`one effect each`, actual }),
});

/** Whether the probe answers for all of them, though it does for a key of Truora's. */
const areAnswered = async (
  context: CaseContext,
  events: readonly TruoraEvent[],
): Promise<boolean> => {
  const answered = await Promise.all(events.map(async (event) => context.canBeAsked(event)));
  return answered.every(Boolean);
};

const uncountable = (expected: string, why: string): Observations => ({
  attempts: [],
  watched: [],
  judge: () => ({ verdict: 'notObservable', expected, actual: say`cannot be seen: ${why}` }),
});

/** The key with another character at a place. */
const otherAt = (key: string, place: number): string =>
  `${key.slice(0, place)}${key[place] === '0' ? '1' : '0'}${key.slice(place + 1)}`;

export const identityCases: readonly ContractCase[] = [
  scenario(tooCoarse, {
    slug: 'two-events-of-one-resource',
    catalogue: 'D34',
    title: 'applies both events of one resource',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    run: async (context) => {
      const [firstPair, lastPair] = lifecycle(context);
      const first = context.event({ pair: firstPair, ageSeconds: 6 });
      const last = context.event({ pair: lastPair, about: first, ageSeconds: 3 });
      const attempts = await inTurn(context, [
        { label: firstPair, events: [first] },
        { label: lastPair, events: [last] },
      ]);
      return onceEach(attempts, [first, last], { superseded: [first] });
    },
  }),
  scenario(tooCoarse, {
    slug: 'one-resource-in-one-batch',
    catalogue: 'D34',
    title: 'applies both events of one resource that come in one delivery',
    rule: RULE,
    source: `${SOURCE}; \`events\` is a list (REF)`,
    severity: 'critical',
    run: async (context) => {
      const [firstPair, lastPair] = lifecycle(context);
      const first = context.event({ pair: firstPair, ageSeconds: 6 });
      const last = context.event({ pair: lastPair, about: first, ageSeconds: 3 });
      const label = `[${firstPair}, ${lastPair}]`;
      const attempts = await inTurn(context, [{ label, events: [first, last] }]);
      return onceEach(attempts, [first, last], { superseded: [first] });
    },
  }),
  scenario(tooCoarse, {
    slug: 'same-action-of-one-resource-twice',
    catalogue: 'D35',
    title: 'applies two events with the same action on one resource',
    rule: RULE,
    source: SOURCE,
    severity: 'high',
    run: async (context) => {
      const changed = 'continuous_checks.changed';
      const pair = context.facts.handled.has(changed) ? changed : lifecycle(context)[1];
      const first = context.event({ pair, ageSeconds: 6 });
      const second = context.event({ pair, about: first, ageSeconds: 3 });
      const attempts = await inTurn(context, [
        { label: `${pair}, first`, events: [first] },
        { label: `${pair}, second`, events: [second] },
      ]);
      return onceEach(attempts, [first, second], { superseded: [first] });
    },
  }),
  scenario(tooCoarse, {
    slug: 'another-of-each-kind',
    catalogue: 'D34',
    title: 'applies another event of each kind that it applied before',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    run: async (context) => {
      const kinds = [...context.facts.handled].map((pair) => ({
        label: pair,
        events: [context.event({ pair })],
      }));
      const attempts = await inTurn(context, kinds);
      return onceEach(
        attempts,
        kinds.flatMap(({ events }) => events),
      );
    },
  }),
  scenario(tooCoarse, {
    slug: 'two-events-hours-apart',
    catalogue: 'D35',
    title: 'applies two events that share nothing, not even their hour',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    why: 'Where a key is the same for all events, as one that is read from a member that is not there, the first event is the only one that ever counts.',
    run: async (context) => {
      // Within the hours that Truora keeps trying: what is older may rightly be refused.
      const events = [3_701, 9_803].map((ageSeconds) => context.event({ ageSeconds }));
      const attempts = await inTurn(
        context,
        events.map((event, index) => ({ label: `event ${index + 1}`, events: [event] })),
      );
      return onceEach(attempts, events);
    },
  }),
  scenario(tooCoarse, {
    slug: 'two-events-in-one-second',
    catalogue: 'D35',
    title: 'applies two events of one resource in one second',
    rule: RULE,
    source: `${SOURCE}; timestamps have whole seconds (REF)`,
    severity: 'medium',
    level: 'should',
    run: async (context) => {
      const [firstPair, lastPair] = lifecycle(context);
      const first = context.event({ pair: firstPair });
      const last = context.event({ pair: lastPair, about: first });
      const attempts = await inTurn(context, [
        { label: firstPair, events: [first] },
        { label: `${lastPair}, same second`, events: [last] },
      ]);
      return onceEach(attempts, [first, last], { superseded: [first, last] });
    },
  }),
  keyPair(
    'keys-differ-in-case',
    'D36',
    'tells keys apart that differ only in letter case',
    (key) => [key.replace(/.$/, 'a'), key.replace(/.$/, 'A')],
    { severity: 'low', level: 'may', source: 'case-insensitive collations' },
  ),
  keyPair(
    'keys-differ-in-the-last-character',
    'D37',
    'tells keys apart that differ only in the last of 43 characters, or in the fourth',
    (key) => [key, otherAt(key, key.length - 1), otherAt(key, 3)],
    { severity: 'high', level: 'must', source: 'columns that cut at 32 or 40 characters' },
  ),
  keyPair(
    'keys-that-look-like-numbers',
    'D38',
    'tells keys apart that are equal as numbers',
    (_key, random) => {
      const number = String(random.integer(1_000_000, 9_999_999));
      return [`${number}000`, `${number}e3`, `0${number}000`];
    },
    { severity: 'low', level: 'may', source: 'loose comparison, numeric columns', alike: true },
  ),
  keyPair(
    'keys-that-look-alike',
    'D39',
    'tells keys apart that differ by a trailing space or in their Unicode form',
    (key) => [key, `${key} `, `${key}\u00e9`, `${key}e\u0301`],
    {
      severity: 'low',
      level: 'may',
      source: 'trimmed and normalised keys; CHAR columns',
      alike: true,
    },
  ),
  scenario(tooCoarse, {
    slug: 'two-products-of-one-process',
    catalogue: 'D80',
    title: 'applies both a validation and the identity process that it belongs to',
    rule: RULE,
    source: SOURCE,
    severity: 'high',
    run: async (context) => {
      const pairs = ['document_validation.succeeded', 'digital_identity.succeeded'];
      if (pairs.some((pair) => !context.facts.handled.has(pair))) {
        return notHandled(say`it does not handle both products`);
      }
      const [validation, process] = pairs.map((pair) => context.event({ pair }));
      if (validation === undefined || process === undefined) throw new Error('there are two pairs');
      const { process_id: processId } = process.object as { readonly process_id?: unknown };
      const part = {
        ...validation,
        object: { ...validation.object, identity_process_id: processId },
      };
      const attempts = await inTurn(context, [
        { label: 'the validation', events: [part] },
        { label: 'its identity process', events: [process] },
      ]);
      return onceEach(attempts, [part, process]);
    },
  }),
  scenario(tooCoarse, {
    slug: 'two-events-of-one-account',
    catalogue: 'D34',
    title: 'applies the events of two resources of one account',
    rule: RULE,
    source: SOURCE,
    severity: 'critical',
    why: 'A person comes back: a second process or validation of the same account looks like a copy of the first, and its result never reaches you.',
    run: async (context) => {
      const first = ofAnAccount(context);
      if (first === undefined) {
        return notHandled(say`it handles no event of an account`);
      }
      const { pair, event, account } = first;
      const other = context.event({ pair });
      const next = { ...other, object: { ...other.object, account_id: account } };
      const attempts = await inTurn(context, [
        { label: pair, events: [event] },
        { label: `${pair}, another of the account`, events: [next] },
      ]);
      // Who keeps one row an account has put the second in place of the first.
      return onceEach(attempts, [next]);
    },
  }),
  scenario(order, {
    slug: 'late-created',
    catalogue: 'D41',
    title: 'acknowledges a created that arrives after its succeeded',
    rule: 'Order of arrival says nothing: a late event is acknowledged and changes no later state.',
    source: 'retries reorder (Truora hooks page, retry table)',
    severity: 'high',
    run: async (context) => {
      const [firstPair, lastPair] = lifecycle(context);
      const created = context.event({ pair: firstPair, ageSeconds: 60 });
      const succeeded = context.event({ pair: lastPair, about: created, ageSeconds: 3 });
      const attempts = await inTurn(context, [
        { label: lastPair, events: [succeeded] },
        { label: `${firstPair}, late`, events: [created] },
      ]);
      return {
        attempts,
        watched: [
          { event: succeeded, expected: 1 },
          { event: created, expected: 0 },
        ],
        judge: (seen) => {
          const late = seen.count(created) ?? 0;
          return allOf(
            acknowledgesAll(attempts),
            appliesOnce([succeeded], seen),
            // A receiver may rightly drop a created that its resource has outlived.
            ...(late > 1 ? [appliesOnce([created], seen)] : []),
          );
        },
      };
    },
  }),
  scenario(order, {
    slug: 'first-sight-of-an-old-event',
    catalogue: 'D48',
    title: 'applies an old event that it sees for the first time',
    rule: 'An event is new when its key is new, whatever its time.',
    source: 'Truora hooks page: the last retry comes after 170.5 minutes',
    severity: 'high',
    run: async (context) => {
      const newest = context.event();
      const oldEvent: TruoraEvent = context.event({ ageSeconds: 10_200 });
      const oldToken = context.event();
      const attempts = await inTurn(context, [
        { label: 'a new event', events: [newest] },
        { label: 'timestamp 170 min ago', events: [oldEvent] },
        {
          label: 'iat 170 min ago',
          events: [oldToken],
          body: () => context.token([oldToken], { ageSeconds: 10_200 }),
        },
      ]);
      return onceEach(attempts, [newest, oldEvent, oldToken]);
    },
  }),
];
