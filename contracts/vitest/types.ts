import type { receiverMatchers } from '../matchers.js';
import type { simulationMatchers } from '../simulation-matchers.js';

type Matchers = typeof receiverMatchers;

/** A matcher as it is called: without what was received, to be awaited. */
type Called<Matcher> = Matcher extends (received: never, ...rest: infer Rest) => unknown
  ? (...rest: Rest) => Promise<void>
  : never;

/** What `expect(receiver)` can be asked. */
export interface ReceiverAssertions {
  /** A genuine delivery is acknowledged and has its effect. */
  toAccept: Called<Matchers['toAccept']>;
  /** A body is refused, and what it carries has no effect. */
  toReject: Called<Matchers['toReject']>;
  /** An event has one effect, though it comes several times, also at the same moment. */
  toProcessOnce: Called<Matchers['toProcessOnce']>;
  /** A schedule leaves all its events done once. */
  toConverge: Called<Matchers['toConverge']>;
}

type SimulationMatchers = typeof simulationMatchers;

/** A matcher that answers at once, as it is called. */
type CalledAtOnce<Matcher> = Matcher extends (received: never, ...rest: infer Rest) => unknown
  ? (...rest: Rest) => void
  : never;

/** What `expect(await simulate(scenario))` can be asked. */
export interface SimulationAssertions {
  /** The rule disables a hook, for the first time, at an instant: `31m`, or milliseconds. */
  toBeDisabledAt: CalledAtOnce<SimulationMatchers['toBeDisabledAt']>;
  /** The rule never disables a hook. */
  toStayEnabled: CalledAtOnce<SimulationMatchers['toStayEnabled']>;
}

// vitest 4 and 5 give their own interface different type parameters; both build on this one.
declare global {
  namespace Chai {
    interface Assertion extends ReceiverAssertions, SimulationAssertions {}
  }
}
