import type { TruoraEvent } from '../../simulator/index.js';
import type {
  Attempt,
  CaseContext,
  ContractCase,
  Judgement,
  SendingCase,
  SinkControl,
} from '../runner/case.js';
import { acknowledgesAll, allOf, appliesOnce, isAcknowledged } from '../runner/judge.js';
import { scenario } from './scenario.js';
import type { Family } from '../runner/family.js';
import { later } from '../../language/say.js';

const family: Family = {
  name: 'copies-in-flight',
  why: 'A copy can arrive while the first delivery is still at work: the sender’s time ran out, or two of its processes sent at once. What the copy is told decides whether the event is applied twice, or lost.',
  fix: 'Let the copy wait for the first, or answer 409 until the first has ended; answer 2xx only when the effect is there.',
};

const poison: Family = {
  name: 'poison-event',
  why: 'One event that cannot be applied must not hold up the others: the queue behind it is every other customer.',
  fix: 'Fail the one delivery and go on with the next.',
};

const RULE = 'One event has one effect, also while it is being worked on.';
const SOURCE = 'IETF idempotency-key draft: a request in progress is answered 409';
const ARRIVAL_MS = 2000;
/** Long enough for a copy that slips through to reach its effect. */
const COPY_MS = 250;
const IMPATIENT_MS = 300;

const NONE_ARRIVED: Judgement = {
  verdict: 'inconclusive',
  expected: later('an effect at the sink'),
  actual: later('none arrived before the first answer'),
};

type Held = ReturnType<SinkControl['hold']> | undefined;

const arrives = async (held: Held): Promise<boolean> => (await held?.arrived(ARRIVAL_MS)) ?? false;

/** One attempt of Truora's; without patience the sender gives up before the effect has ended. */
const sendOnce = async (
  context: CaseContext,
  event: TruoraEvent,
  label: string,
  timeoutMs = context.timeoutMs,
): Promise<Attempt> =>
  context.send('genuine', [event], context.token([event]), { label, timeoutMs });

/** A copy that waits for no other delivery's end: held ones would keep it back until it is too late. */
const copyAtOnce = async (context: CaseContext, event: TruoraEvent): Promise<Attempt> => {
  const [copy] = await context.race([{ events: [event], body: context.token([event]) }]);
  if (copy === undefined) throw new Error('one shot has one attempt');
  return copy;
};

const inFlight = (
  described: Pick<SendingCase, 'catalogue' | 'title' | 'rule' | 'severity' | 'run'> & {
    readonly slug: string;
  },
): ContractCase =>
  scenario(family, {
    ...described,
    source: SOURCE,
    stage: 'alone',
    needs: ['effects', 'sink'],
  });

/** What happens to an event while its first delivery is inside its effect. */
export const inFlightCases: readonly ContractCase[] = [
  inFlight({
    slug: 'copy-during-effect',
    catalogue: 'D10',
    title: 'applies an event once when a copy comes in the middle of its effect',
    rule: RULE,
    severity: 'critical',
    run: async (context) => {
      const event = context.event();
      const held = context.sink?.hold(event);
      const first = sendOnce(context, event, 'first, held in its effect');
      const arrived = await arrives(held);
      const copy = copyAtOnce(context, event);
      await context.wait(COPY_MS);
      held?.release('taken');
      const attempts = [await first, await copy];
      const laterCopy = (await context.deliver([event], { label: 'later copy' })).slice(-1);
      return {
        attempts: [...attempts, ...laterCopy],
        watched: [{ event, expected: 1 }],
        judge: (seen) =>
          arrived ? allOf(acknowledgesAll(laterCopy), appliesOnce([event], seen)) : NONE_ARRIVED,
      };
    },
  }),
  inFlight({
    slug: 'copy-before-a-failure',
    catalogue: 'D11',
    title: 'loses nothing when a copy is answered and the first delivery then fails',
    rule: 'A 2xx says that the effect is there, not that somebody is at it.',
    severity: 'high',
    run: async (context) => {
      const event = context.event();
      const held = context.sink?.hold(event);
      const label = 'first, given up; its effect fails later';
      const first = await sendOnce(context, event, label, IMPATIENT_MS);
      const arrived = await arrives(held);
      const sending = copyAtOnce(context, event);
      await context.wait(COPY_MS);
      held?.release('failed');
      const copy = await sending;
      // As Truora does: the copy is its second attempt, and the third comes only without a 2xx.
      const retries = isAcknowledged(copy)
        ? []
        : (await context.deliver([event], { label: 'retry' })).slice(-1);
      return {
        attempts: [first, copy, ...retries],
        watched: [{ event, expected: 1 }],
        judge: (seen) => (arrived ? appliesOnce([event], seen) : NONE_ARRIVED),
      };
    },
  }),
  inFlight({
    slug: 'sender-gives-up-during-effect',
    catalogue: 'D60',
    title: 'applies an event once when the sender gave up during its effect',
    rule: RULE,
    severity: 'critical',
    run: async (context) => {
      const event = context.event();
      const held = context.sink?.hold(event);
      const label = `first, given up after ${IMPATIENT_MS} ms`;
      const first = await sendOnce(context, event, label, IMPATIENT_MS);
      const arrived = await arrives(held);
      const retry = copyAtOnce(context, event);
      await context.wait(COPY_MS);
      held?.release('taken');
      const attempts = [first, await retry];
      // Whoever sent the retry away may still be at work on the first.
      if (!attempts.some(isAcknowledged)) await context.wait(COPY_MS);
      const laterCopy = (await context.deliver([event], { label: 'later retry' })).slice(-1);
      return {
        attempts: [...attempts, ...laterCopy],
        watched: [{ event, expected: 1 }],
        judge: (seen) =>
          arrived ? allOf(acknowledgesAll(laterCopy), appliesOnce([event], seen)) : NONE_ARRIVED,
      };
    },
  }),
  scenario(poison, {
    slug: 'poison-event',
    catalogue: 'D49',
    title: 'applies other events while one always fails',
    rule: 'A delivery that fails concerns no other.',
    source: 'queues that stop at their first failure',
    severity: 'high',
    needs: ['effects', 'sink'],
    run: async (context) => {
      const [x, y] = [context.event(), context.event()];
      context.sink?.failNext(x, 1000);
      const first = await context.deliver([x], { label: 'X, always fails' });
      const others = (await context.deliver([y], { label: 'Y' })).slice(-1);
      return {
        attempts: [...first.slice(-1), ...others],
        watched: [{ event: y, expected: 1 }],
        judge: (seen) => allOf(acknowledgesAll(others), appliesOnce([y], seen)),
      };
    },
  }),
];
