/** Names the causes of a run's failures by comparing them with receivers of known defects. */
import type { Cause } from './cause.js';
import { componentsOf } from './components.js';
import type { Component } from './components.js';
import type { Known, Outcome } from './known.js';

export interface CauseMatch {
  readonly cause: Cause;
  /** The failed cases that it explains. */
  readonly cases: readonly string[];
  /** How much likelier the outcome is with this cause than without it, as a natural logarithm. */
  readonly evidence: number;
}

export interface Matches {
  /** The strongest first. */
  readonly causes: readonly CauseMatch[];
  /** Failed cases that no cause explains. */
  readonly left: readonly string[];
}

/** How likely a case fails for a reason that nobody knows. */
const LEAK = 0.0003;
/** How much likelier a cause must make the outcome to be named, as a natural logarithm. */
const PRICE = 4;
/** The same for one more component of a cause that is named already. */
const PRICE_AGAIN = 0.5;
/** A case is explained by a cause that makes it at least this likely to fail. */
const EXPLAINS = 0.02;
/** What a known receiver costs whose other failures this run could not show. */
const PRICE_UNSEEN = 2;
/**
 * What decides between causes that fit equally: where a receiver falls over shows in what could not be
 * judged after it; then their order.
 */
const PRICE_UNLIKE = 0.05;
const PREFERENCE = 1e-4;

/** What is searched: the outcome, case by case. */
interface Search {
  readonly failed: readonly boolean[];
  readonly causes: readonly Cause[];
}

export const matchCauses = (outcome: Outcome, known: Known): Matches => {
  const ids = [...outcome.judged];
  const search = { failed: ids.map((id) => outcome.failed.has(id)), causes: known.causes };
  const components = componentsOf(ids, outcome, known).filter(({ odds }) =>
    odds.some((one, index) => search.failed[index] === true && one >= EXPLAINS),
  );
  return assign(choose(components, search), ids, search);
};

/** How likely each case passes when some causes are there: each may make it fail. */
const survivals = (components: readonly Component[], { failed }: Search): readonly number[] =>
  failed.map((_, index) =>
    components.reduce((passes, { odds }) => passes * (1 - (odds[index] ?? 0)), 1 - LEAK),
  );

/** The logarithm of how likely the outcome is, with one more component where one is given. */
const likelihood = (passes: readonly number[], { failed }: Search, more?: Component): number => {
  let sum = 0;
  for (const [index, isFailed] of failed.entries()) {
    const pass = (passes[index] ?? 1) * (1 - (more?.odds[index] ?? 0));
    sum += Math.log(isFailed ? 1 - pass : pass);
  }
  return sum;
};

const priceOf = (components: readonly Component[], { causes }: Search): number => {
  const named = new Set(components.map(({ cause }) => cause));
  return (
    named.size * PRICE +
    (components.length - named.size) * PRICE_AGAIN +
    components.reduce(
      (sum, { cause, coverage, likeness }) =>
        sum +
        PREFERENCE * causes.indexOf(cause) +
        PRICE_UNLIKE * (1 - likeness) +
        PRICE_UNSEEN * (1 - coverage),
      0,
    )
  );
};

/** Adds and drops components as long as that makes the outcome likelier than it costs. */
const choose = (components: readonly Component[], search: Search): readonly Component[] => {
  let chosen: readonly Component[] = [];
  let best = likelihood(survivals(chosen, search), search);
  for (;;) {
    let next = chosen;
    const consider = (way: readonly Component[], likely: number): void => {
      const worth = likely - priceOf(way, search);
      if (worth <= best + 1e-9) return;
      best = worth;
      next = way;
    };
    const passes = survivals(chosen, search);
    for (const one of components) {
      if (!chosen.includes(one)) consider([...chosen, one], likelihood(passes, search, one));
    }
    for (const one of chosen) {
      const way = chosen.filter((other) => other !== one);
      consider(way, likelihood(survivals(way, search), search));
    }
    if (next === chosen) return chosen;
    chosen = next;
  }
};

/** Gives each failed case to the cause that makes it most likely. */
const assign = (chosen: readonly Component[], ids: readonly string[], search: Search): Matches => {
  const cases = new Map<Cause, string[]>();
  const left: string[] = [];
  for (const [index, id] of ids.entries()) {
    if (search.failed[index] !== true) continue;
    const oddsOf = ({ odds }: Component): number => odds[index] ?? 0;
    const [most] = chosen.toSorted((one, other) => oddsOf(other) - oddsOf(one));
    if (most === undefined || oddsOf(most) < EXPLAINS) left.push(id);
    else cases.set(most.cause, [...(cases.get(most.cause) ?? []), id]);
  }
  const likely = (components: readonly Component[]): number =>
    likelihood(survivals(components, search), search);
  const causes = [...cases].map(([cause, explained]) => ({
    cause,
    cases: explained,
    evidence: likely(chosen) - likely(chosen.filter((one) => one.cause !== cause)),
  }));
  return { causes: causes.toSorted((one, other) => other.evidence - one.evidence), left };
};
