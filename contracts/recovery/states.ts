import type { TruoraEvent } from '../../simulator/index.js';
import { findPair } from '../../simulator/index.js';
import type { Attempt, CaseContext, ContractCase, Judgement } from '../runner/case.js';
import { acknowledgesAll, allOf } from '../runner/judge.js';
import type { Family } from '../runner/family.js';
import { inconclusive, recoveryCase } from './recovery-case.js';
import { later, say } from '../../language/say.js';

const family: Family = {
  name: 'state-by-arrival',
  why: 'Retries make events late. When the last one to arrive sets the state, an approved customer is set back to pending, or to rejected, and stays there.',
  fix: 'Keep the event’s timestamp with the state and let only a newer one replace it; at the same second an end beats a beginning.',
};

const RULE =
  'The final state depends on which events there are, not on the order of their arrival.';
const SOURCE = 'Truora hooks page: events may come late and more than once';
const ENDS = ['succeeded', 'finished', 'failed', 'expired', 'canceled'];

/** An event of a story: which pair, and how long ago it happened. */
interface Step {
  readonly pair: string;
  readonly ageSeconds: number;
}

/** Two ends of one product, one that is good and one that is not. */
const endsOf = ({ facts }: CaseContext): readonly [good: string, bad: string] | undefined => {
  const names = [...facts.handled];
  const good = names.find(
    (name) =>
      name.endsWith('.succeeded') && names.includes(name.replace(/\.succeeded$/, '.failed')),
  );
  return good === undefined ? undefined : [good, good.replace(/\.succeeded$/, '.failed')];
};

/** A beginning and an end of one product. */
const lifeOf = ({ facts }: CaseContext): readonly [first: string, last: string] | undefined => {
  const names = [...facts.handled];
  const first = names.find(
    (name) => name.endsWith('.created') && endOf(names, findPair(name).product) !== undefined,
  );
  const last = first === undefined ? undefined : endOf(names, findPair(first).product);
  return first === undefined || last === undefined ? undefined : [first, last];
};

const endOf = (names: readonly string[], product: string): string | undefined =>
  names.find(
    (name) => findPair(name).product === product && ENDS.includes(name.split('.')[1] ?? ''),
  );

interface Told {
  readonly label: string;
  readonly events: readonly TruoraEvent[];
  readonly attempts: readonly Attempt[];
  readonly state: string | undefined;
}

/** Waits until an event was worked on; the one row of a resource may never show an older one. */
const untilDone = async (context: CaseContext, event: TruoraEvent): Promise<void> => {
  await (context.facts.latestPerResource ? context.count(event) : context.untilSeen(event));
};

/** Delivers the steps of one new resource in an order of arrival and reads its final state. */
const tell = async (
  context: CaseContext,
  story: readonly Step[],
  arrival: readonly number[],
): Promise<Told> => {
  const events: TruoraEvent[] = [];
  for (const { pair, ageSeconds } of story) {
    const [about] = events;
    events.push(context.event({ pair, ageSeconds, ...(about === undefined ? {} : { about }) }));
  }
  const label = arrival.map((index) => story[index]?.pair.split('.')[1] ?? '').join(', then ');
  const attempts: Attempt[] = [];
  for (const index of arrival) {
    const event = events[index];
    if (event === undefined) continue;
    attempts.push(...(await context.deliver([event], { label })).slice(-1));
    await untilDone(context, event);
  }
  const [first] = events;
  const state = first === undefined ? undefined : await context.stateOf(first);
  return { label, events, attempts, state };
};

const EXPECTED = later('the state that the same events leave in order');

/** Compares the states of stories with those of two resources whose events came in order. */
const compare = (yardsticks: readonly Told[], others: readonly Told[]): Judgement => {
  const [one, two] = yardsticks.map(({ state }) => state);
  if (one === undefined) return inconclusive(EXPECTED, say`no state is shown; check --state`);
  if (one !== two) {
    return inconclusive(
      EXPECTED,
      say`two resources with the same events differ (${one}, ${two ?? 'none'}): point --state at the status alone`,
    );
  }
  const wrong = others.filter(({ state }) => state !== one);
  if (wrong.length === 0) return { verdict: 'passed', expected: EXPECTED, actual: one };
  const shown = wrong.slice(0, 3).map(({ label, state }) => `${label}: ${state ?? 'none'}`);
  return {
    verdict: 'failed',
    expected: say`${one}, as in order`,
    actual: `${shown.join('; ')}${wrong.length > 3 ? say`; and ${wrong.length - 3} more` : ''}`,
  };
};

const stateCase = (
  described: {
    readonly slug: string;
    readonly catalogue: string;
    readonly title: string;
    readonly severity: 'high' | 'medium';
    readonly level?: 'should';
  },
  storyOf: (context: CaseContext) => readonly Step[] | undefined,
  arrivalsOf: (story: readonly Step[]) => readonly (readonly number[])[],
): ContractCase =>
  recoveryCase(family, {
    ...described,
    rule: RULE,
    source: SOURCE,
    stage: 'group',
    needs: ['effects', 'state'],
    run: async (context) => {
      const story = storyOf(context);
      if (story === undefined) {
        return {
          attempts: [],
          watched: [],
          judge: () => ({
            verdict: 'skipped',
            expected: described.title,
            actual: say`no product that is handled has the events for it`,
          }),
        };
      }
      const inOrder = story.map((_step, index) => index);
      const tellAll = async (arrivals: readonly (readonly number[])[]): Promise<readonly Told[]> =>
        Promise.all(arrivals.map(async (arrival) => tell(context, story, arrival)));
      const yardsticks = await tellAll([inOrder, inOrder]);
      const others = await tellAll(arrivalsOf(story));
      const attempts = [...yardsticks, ...others].flatMap((told) => told.attempts);
      return {
        attempts,
        watched: [],
        judge: () => allOf(acknowledgesAll(attempts), compare(yardsticks, others)),
      };
    },
  });

/** Every order of some items. */
const permutations = (items: readonly number[]): readonly (readonly number[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item) =>
        permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
      );

/** The final state of resources, for events in any order. */
export const stateCases: readonly ContractCase[] = [
  stateCase(
    {
      slug: 'late-created-changes-nothing',
      catalogue: 'D41',
      title: 'keeps the end of a resource when its created arrives late',
      severity: 'high',
    },
    (context) => {
      const life = lifeOf(context);
      return life === undefined
        ? undefined
        : [
            { pair: life[0], ageSeconds: 9 },
            { pair: life[1], ageSeconds: 4 },
          ];
    },
    () => [[1, 0]],
  ),
  stateCase(
    {
      slug: 'created-in-the-same-second',
      catalogue: 'D41',
      title: 'keeps the end of a resource when created bears the same second and arrives late',
      severity: 'medium',
      level: 'should',
    },
    (context) => {
      const life = lifeOf(context);
      return life === undefined
        ? undefined
        : [
            { pair: life[0], ageSeconds: 4 },
            { pair: life[1], ageSeconds: 4 },
          ];
    },
    () => [[1, 0]],
  ),
  stateCase(
    {
      slug: 'older-verdict-changes-nothing',
      catalogue: 'D42',
      title: 'keeps the newer of two verdicts when the older arrives late',
      severity: 'medium',
    },
    (context) => {
      const ends = endsOf(context);
      return ends === undefined
        ? undefined
        : [
            { pair: ends[1], ageSeconds: 9 },
            { pair: ends[0], ageSeconds: 4 },
          ];
    },
    () => [[1, 0]],
  ),
  stateCase(
    {
      slug: 'any-order-same-state',
      catalogue: 'D81',
      title: 'ends in one state for every order of arrival, copies included',
      severity: 'high',
    },
    (context) => {
      const ends = endsOf(context);
      const [good, bad] = ends ?? [];
      const created = good?.replace(/\.succeeded$/, '.created') ?? '';
      return good === undefined || bad === undefined || !context.facts.handled.has(created)
        ? undefined
        : [
            { pair: created, ageSeconds: 12 },
            { pair: bad, ageSeconds: 8 },
            { pair: good, ageSeconds: 4 },
          ];
    },
    (story) =>
      permutations(story.map((_step, index) => index)).flatMap((order) =>
        // A copy of the first to arrive, once everything is there.
        [order, [...order, ...order.slice(0, 1)]],
      ),
  ),
];
