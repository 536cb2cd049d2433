import { deferred } from '../../simulator/index.js';

/** A request to stop, and a second one that will not wait. */
export interface StopSignals {
  readonly asked: Promise<void>;
  readonly again: Promise<void>;
  /** Stops listening. */
  readonly end: () => void;
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export const watchForStop = (): StopSignals => {
  const asked = deferred<void>();
  const again = deferred<void>();
  let count = 0;
  const onSignal = (): void => {
    count++;
    if (count === 1) asked.resolve();
    else again.resolve();
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    asked: asked.promise,
    again: again.promise,
    end: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
};
