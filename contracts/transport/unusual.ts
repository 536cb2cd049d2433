/** Genuine deliveries in HTTP that nobody expects. */
import type {
  CaseContext,
  Attempt,
  Judgement,
  Observations,
  Seen,
  SendOptions,
} from '../runner/case.js';
import { allOf, appliesOnce, isAcknowledged, takesEach, toleratesAll } from '../runner/judge.js';
import { watchAbsent, watchApplied } from '../runner/watch.js';
import type { Family } from '../runner/family.js';
import { say } from '../../language/say.js';

export const unusual: Family = {
  name: 'unusual-requests',
  why: 'Proxies and new senders change the HTTP around a delivery. What the handler does not expect ends in an exception, in a lost event or in a second effect.',
  fix: 'Read the raw body, verify it and key the event by its id alone; answer 4xx to what you cannot read.',
};

/** One way to send a genuine delivery. */
export interface Way {
  readonly label: string;
  readonly request: (token: string) => {
    readonly body: string | Uint8Array;
    readonly options?: Omit<SendOptions, 'label'>;
  };
}

/** The token as the body, with these options. */
export const withOptions = (label: string, options: Omit<SendOptions, 'label'>): Way => ({
  label,
  request: (token) => ({ body: token, options }),
});

/** Sends one event of its own by each way. */
const sendByEach = async (
  context: CaseContext,
  ways: readonly Way[],
): Promise<readonly Attempt[]> =>
  Promise.all(
    ways.map(async ({ label, request }) => {
      const event = context.event();
      const { body, options = {} } = request(context.token([event]));
      return context.send('oddity', [event], body, { ...options, label });
    }),
  );

/** What was acknowledged has to be applied, unless 2xx says nothing here. */
const appliesWhatItTook = (attempts: readonly Attempt[], seen: Seen): readonly Judgement[] => {
  const events = attempts.filter(isAcknowledged).flatMap((attempt) => attempt.events);
  return seen.facts.effects && !seen.facts.statusBlind && events.length > 0
    ? [appliesOnce(events, seen, { what: say`what is acknowledged has one effect` })]
    : [];
};

/** Each may be taken or refused; what is acknowledged is applied. */
export const takenOrRefused = async (
  context: CaseContext,
  ways: readonly Way[],
): Promise<Observations> => {
  const attempts = await sendByEach(context, ways);
  return {
    attempts,
    watched: context.facts.statusBlind ? watchAbsent(attempts) : watchApplied(attempts),
    judge: (seen) => allOf(toleratesAll(attempts, seen), ...appliesWhatItTook(attempts, seen)),
  };
};

/** Each may be taken or refused; the same event sent as usual afterwards is applied once in all. */
export const onceInAll = async (
  context: CaseContext,
  ways: readonly Way[],
): Promise<Observations> => {
  const odd = await sendByEach(context, ways);
  const usual = await Promise.all(
    odd.map(async ({ events, label }) =>
      (await context.deliver(events, { label: `as usual after ${label}` })).slice(-1),
    ),
  );
  const later = usual.flat();
  return {
    attempts: [...odd, ...later],
    watched: watchApplied(later),
    judge: (seen) => allOf(toleratesAll(odd, seen), takesEach(later, seen)),
  };
};
