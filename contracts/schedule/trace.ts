import type { TruoraEvent } from '../../simulator/index.js';
import type { Attempt } from '../runner/case.js';
import { isAcknowledged } from '../runner/judge.js';
import type { EventName, Schedule } from './schedule.js';

/** What playing a schedule once came to, before effects are counted. */
export interface Trace {
  readonly schedule: Schedule;
  /** The event behind each name, fresh at each execution. */
  readonly events: ReadonlyMap<EventName, TruoraEvent>;
  /** All attempts, in the order in which they were begun. */
  readonly attempts: readonly Attempt[];
  /** Deliveries at the end of what was never acknowledged; the last attempt of each. */
  readonly retries: ReadonlyMap<EventName, Attempt>;
  readonly polled: ReadonlySet<EventName>;
  readonly failed: ReadonlySet<EventName>;
  /** Events that may have been in work when the receiver was killed. */
  readonly interrupted: ReadonlySet<EventName>;
  /** The last events of `many`; all of them were acknowledged. */
  readonly others: readonly TruoraEvent[];
  /** The final state of each resource that had several events, and that of one told in order. */
  readonly states: readonly {
    readonly events: readonly EventName[];
    readonly state: string | undefined;
    readonly inOrder: string | undefined;
  }[];
  /** Events of which a later one of the same resource was delivered. */
  readonly superseded: ReadonlySet<EventName>;
}

/** One event's part in a trace. */
export interface Life {
  readonly name: EventName;
  readonly event: TruoraEvent;
  /** How often it was delivered genuinely. */
  readonly genuine: number;
  readonly forged: number;
  readonly acknowledged: boolean;
  /** What came of the delivery at the end; undefined where none was needed. */
  readonly retry: 'acknowledged' | 'refused' | undefined;
  /** Undefined where effects cannot be seen. */
  readonly effects: number | undefined;
}

/** The events of a trace, with their effects. */
export const livesOf = (
  trace: Trace,
  count: (event: TruoraEvent) => number | undefined,
): readonly Life[] => [
  ...[...trace.events].map(([name, event]): Life => {
    const about = trace.attempts.filter(({ events }) => events.includes(event));
    const retry = trace.retries.get(name);
    const genuine = about.filter(({ intent }) => intent === 'genuine');
    return {
      name,
      event,
      genuine: genuine.length,
      forged: about.filter(({ intent }) => intent === 'hostile').length,
      acknowledged: genuine.some(isAcknowledged),
      retry: retry && (isAcknowledged(retry) ? 'acknowledged' : 'refused'),
      effects: count(event),
    };
  }),
  ...trace.others.map((event) => otherLife(event, count(event))),
];

/** One of the events of `many`: nothing but acknowledged. */
export const otherLife = (event: TruoraEvent, effects: number | undefined): Life => ({
  name: 'one of the others',
  event,
  genuine: 1,
  forged: 0,
  acknowledged: true,
  retry: undefined,
  effects,
});
