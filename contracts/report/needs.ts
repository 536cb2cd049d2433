import type { Need } from '../runner/case.js';

/** What would make a case observable, for each need that a run did not meet. */
export const unlocks: Readonly<Record<Need, string>> = {
  effects: '--probe or --probe-cmd',
  sink: '--sink-listen',
  peer: '--peer',
  restart: '--restart-cmd',
  poll: '--poll-url or --poll-cmd',
  clock: '--receiver-clock',
  state: '--state',
  rekey: '--rekey-cmd',
  outage: '--outage-cmd',
  canary: 'a run on the receiver’s own machine',
  socket: 'a URL instead of a handler',
};
