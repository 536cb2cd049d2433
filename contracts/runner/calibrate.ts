import { HookproofError, findPair, pairs } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { suggestCountPath } from '../probe/count.js';
import type { Attempt, CaseContext, Diagnosis, ReceiverFacts } from './case.js';
import { catchUp } from './catch-up.js';
import { diagnose } from './diagnose.js';
import { isAcknowledged, isBusy, isFault } from './judge.js';
import type { Observer } from './observer.js';
import { fitPace } from './pace.js';
import type { Pace } from './pace.js';
import { echoes, explainProblem } from './problems.js';
import { unreachable } from './unreachable.js';
import type { Problem } from './problems.js';
import { destinationOf } from './redirects.js';
import { withoutSecrets } from './transcript.js';
import { say } from '../../language/say.js';

export interface Calibration {
  readonly facts: ReceiverFacts;
  readonly introduction: readonly {
    readonly pair: string;
    readonly attempt: Attempt;
    /** Whether the first attempt ended in a fault. */
    readonly broke: boolean;
  }[];
  readonly diagnosis: Diagnosis | undefined;
  /** Set when nothing can be judged. */
  readonly problem: Problem | undefined;
}

interface Setup {
  readonly context: CaseContext;
  readonly observer: Observer;
  readonly facts: ReceiverFacts;
  readonly products: readonly string[] | undefined;
  /** What a handler in this process threw first, or returned in place of an answer. */
  readonly trouble: () => string | undefined;
  /** Makes what was learnt hold for everything that is sent from now on. */
  readonly adopt: (facts: ReceiverFacts) => void;
  /** How many deliveries are sent at a time. */
  readonly pace: Pace;
  /** Sends everything from now on to another URL. */
  readonly moveTo: (url: string) => void;
}

/** A receiver that showed nothing of the first delivery gets this many times the settle time. */
const PATIENCE_FACTOR = 3;

/** Bodies that no receiver can take for a delivery. */
const HOPELESS = ['', 'x', '..', 'not a token', '{}'];

/**
 * Learns about the receiver before anything is judged: that it can be reached, that genuine
 * deliveries are taken, that the probe shows 0 before and 1 after, which events it handles, whether
 * its status says anything, and whether it keeps only the latest event of a resource.
 */
export const calibrate = async (setup: Setup): Promise<Calibration> => {
  try {
    return await learn(setup);
  } catch (error) {
    if (!(error instanceof HookproofError) || error.code !== 'probe_failed') throw error;
    const { message, remedy } = error;
    return stopped(setup, { message, remedy });
  }
};

const stopped = (
  { facts }: Setup,
  problem: Problem,
  introduction: Calibration['introduction'] = [],
): Calibration => ({ facts, introduction, diagnosis: undefined, problem });

const learn = async (setup: Setup): Promise<Calibration> => {
  const { context, observer } = setup;
  const first = context.event();
  const before = setup.facts.effects ? await observer.ask(first) : undefined;
  const attempts = await context.deliver([first], { label: 'first delivery' });
  const last = attempts.at(-1);
  if (last === undefined) throw new Error('a delivery has at least one attempt');
  const { outcome } = last.exchange;
  if (outcome.kind === 'failure') return stopped(setup, unreachable(context.url, outcome));
  await fitPace(setup, last);
  if (outcome.redirects > 0) {
    setup.moveTo(await destinationOf(context, first, outcome.redirects));
  }
  const shown = await isShown(setup, first, last);
  const introduction = await introduce(setup);
  const handled = await handledPairs(setup, introduction, shown ? 1 : PATIENCE_FACTOR);
  const works = shown || introduction.some(({ pair }) => handled.has(pair));
  if (!works) return explain(setup, { attempt: last, event: first, before, introduction });
  const facts: ReceiverFacts = {
    ...setup.facts,
    // Where it applied the first event and no other of its pair, that is no choice of what to handle.
    handled: shown || handled.size === 0 ? new Set([pairNameOf(first), ...handled]) : handled,
    brokenFirst: new Set(
      introduction
        .filter(
          ({ pair, attempt, broke }) => broke && isAcknowledged(attempt) && !handled.has(pair),
        )
        .map(({ pair }) => pair),
    ),
  };
  setup.adopt(facts);
  if (before !== undefined && before.effects !== 0) {
    return stopped(
      setup,
      echoes(before.effects, await suggestion(setup, first, before.text)),
      introduction,
    );
  }
  const wrong = await wrongUnit(setup, introduction, before?.text ?? '');
  if (wrong !== undefined) return stopped(setup, wrong, introduction);
  const learnt: ReceiverFacts = {
    ...facts,
    statusBlind: await isStatusBlind(context),
    latestPerResource: facts.effects && (await keepsOnlyLatest(setup, facts)),
  };
  setup.adopt(learnt);
  return { facts: learnt, introduction, diagnosis: undefined, problem: undefined };
};

const pairNameOf = ({ event_type: type, event_action: action }: TruoraEvent): string =>
  pairs.find((pair) => pair.eventType === type && pair.action === action)?.name ?? '';

const isShown = async (setup: Setup, event: TruoraEvent, attempt: Attempt): Promise<boolean> => {
  if (!isAcknowledged(attempt)) return false;
  if (!setup.facts.effects) return true;
  return learnLatency(setup, event, setup.observer.settleMaxMs);
};

/** Waits for an effect and remembers how long it took; tells whether it came. */
const learnLatency = async (
  { context, observer }: Setup,
  event: TruoraEvent,
  patienceMs: number,
): Promise<boolean> => {
  const sinceMs = context.nowMs();
  const shown = await observer.untilSeen(event, patienceMs);
  if (shown) observer.learn(context.nowMs() - sinceMs);
  return shown;
};

/** One delivery of each pair; products that the user named are no reason to send fewer. */
const introduce = async ({ context }: Setup): Promise<Calibration['introduction']> => {
  const deliver = async (pair: string, event: TruoraEvent) => {
    const attempts = await context.deliver([event], { label: pair });
    const [first] = attempts;
    const attempt = attempts.at(-1);
    if (first === undefined || attempt === undefined) {
      throw new Error('a delivery has at least one attempt');
    }
    return { pair, event, attempt, broke: isFault(first) };
  };
  const together = await Promise.all(
    pairs.map(async ({ name }) => deliver(name, context.event({ pair: name }))),
  );
  const introduction: Calibration['introduction'][number][] = [];
  for (const one of together) {
    introduction.push(isBusy(one.attempt) ? await deliver(one.pair, one.event) : one);
  }
  return introduction;
};

const isOf = (pair: string, products: readonly string[] | undefined): boolean =>
  products === undefined || products.includes(findPair(pair).product);

/** The pairs that show an effect. Without effects to look at, those that are acknowledged. */
const handledPairs = async (
  { context, facts, observer, products }: Setup,
  introduction: Calibration['introduction'],
  patience: number,
): Promise<ReadonlySet<string>> => {
  const taken = introduction.filter(
    ({ pair, attempt }) => isAcknowledged(attempt) && isOf(pair, products),
  );
  if (!facts.effects) return new Set(taken.map(({ pair }) => pair));
  const events = taken.flatMap(({ attempt }) => attempt.events);
  const without = new Set(
    await catchUp(events, { clock: context, observer, quietMs: patience * observer.settleMaxMs }),
  );
  const shown = taken.filter(({ attempt }) => attempt.events.some((event) => !without.has(event)));
  return new Set(shown.map(({ pair }) => pair));
};

const explain = async (
  setup: Setup,
  what: {
    readonly attempt: Attempt;
    readonly event: TruoraEvent;
    readonly before: { readonly text: string } | undefined;
    readonly introduction: Calibration['introduction'];
  },
): Promise<Calibration> => {
  const { context, observer, facts } = setup;
  // Of genuine deliveries alone so far: the diagnosis sends what a receiver need not bear.
  const trouble = setup.trouble();
  const diagnosis = await diagnose(context, observer, {
    effects: facts.effects,
    refused: what.attempt,
  });
  const result = { facts, introduction: what.introduction, diagnosis };
  if (diagnosis.kind === 'content-type') {
    const works: ReceiverFacts = { ...facts, contentType: diagnosis.works };
    setup.adopt(works);
    const again = await calibrate({ ...setup, facts: works });
    return { ...again, diagnosis };
  }
  const path =
    what.before === undefined ? undefined : await suggestion(setup, what.event, what.before.text);
  return {
    ...result,
    problem: tellTrouble(explainProblem(diagnosis, facts.effects, path), trouble, context.key),
  };
};

const TROUBLE_LENGTH_MAX = 300;

/** Nobody need look into a log for what a handler in this process threw. */
const tellTrouble = (problem: Problem, trouble: string | undefined, key: string): Problem => {
  if (trouble === undefined) return problem;
  return {
    message: `${problem.message}: ${withoutSecrets(trouble, key).slice(0, TROUBLE_LENGTH_MAX)}`,
    remedy: say`mend that first; a call of the handler by hand shows where it comes from`,
  };
};

const suggestion = async (
  { observer }: Setup,
  event: TruoraEvent,
  before: string,
): Promise<string | undefined> => suggestCountPath(before, (await observer.ask(event)).text);

/** One delivery each, and every count is the same number above one: it counts something else. */
const wrongUnit = async (
  { facts, observer }: Setup,
  introduction: Calibration['introduction'],
  before: string,
): Promise<Problem | undefined> => {
  if (!facts.effects) return undefined;
  const counts = await Promise.all(
    introduction
      .slice(0, 5)
      .flatMap(({ attempt }) => attempt.events)
      .map(async (event) => observer.countNow(event)),
  );
  const shown = counts.filter((count) => count !== undefined && count > 0);
  const [unit] = shown;
  if (unit === undefined || unit < 2 || shown.length < 2 || shown.some((one) => one !== unit)) {
    return undefined;
  }
  const event = introduction[0]?.attempt.events[0];
  const path =
    event === undefined ? undefined : suggestCountPath(before, (await observer.ask(event)).text);
  return {
    message: say`the probe counts ${unit} after one delivery: its answer names the id ${unit} times for each effect`,
    remedy: say`add --probe-count '${path ?? '$.records'}' with the place of the records or of their number`,
  };
};

const isStatusBlind = async (context: CaseContext): Promise<boolean> => {
  const attempts = await Promise.all(
    HOPELESS.map(async (body) => context.send('hostile', [], body, { label: 'no token at all' })),
  );
  return attempts.every(isAcknowledged);
};

/** Whether a later event of a resource takes the place of the earlier one, as an upsert does. */
const keepsOnlyLatest = async (setup: Setup, facts: ReceiverFacts): Promise<boolean> => {
  const { context, observer } = setup;
  const [pair] = facts.handled;
  if (pair === undefined) return false;
  const earlier = context.event({ pair, ageSeconds: 9 });
  const later = context.event({ pair, about: earlier, ageSeconds: 4 });
  for (const event of [earlier, later]) {
    await context.deliver([event], { label: 'two events of one resource' });
    if (!(await learnLatency(setup, event, observer.settleMaxMs))) return false;
  }
  return (await observer.countNow(earlier)) === 0;
};
