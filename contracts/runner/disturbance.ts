import type { TruoraEvent } from '../../simulator/index.js';
import type { ReceiverControls, SinkControl } from './case.js';

/** What a case does to the receiver, and which refusals that explains. */
export interface Disturbance {
  readonly sink: SinkControl | undefined;
  readonly controls: ReceiverControls;
  /** Whether a 503 to a delivery of these events is the case's own doing and says nothing of load. */
  readonly explains: (events: readonly TruoraEvent[]) => boolean;
}

/** Notes which effects a case holds or makes to fail, and whether it took the store away. */
export const noteDisturbance = (
  sink: SinkControl | undefined,
  controls: ReceiverControls,
): Disturbance => {
  const disturbed = new WeakSet<TruoraEvent>();
  let isStoreDown = false;
  const { outage } = controls;
  return {
    sink: sink && {
      ...sink,
      failNext: (event, times) => {
        disturbed.add(event);
        sink.failNext(event, times);
      },
      hold: (event) => {
        disturbed.add(event);
        return sink.hold(event);
      },
    },
    controls: {
      ...controls,
      ...(outage && {
        outage: async (down) => {
          isStoreDown = down;
          await outage(down);
        },
      }),
    },
    explains: (events) => isStoreDown || events.some((event) => disturbed.has(event)),
  };
};
