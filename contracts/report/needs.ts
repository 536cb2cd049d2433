import type { Need } from '../runner/case.js';
import { later } from '../../language/say.js';

/** What would make a case observable, for each need that a run did not meet. */
export const unlocks: Readonly<Record<Need, string>> = {
  effects: later('--probe or --probe-cmd'),
  sink: '--sink-listen',
  peer: '--peer',
  restart: '--restart-cmd',
  poll: later('--poll-url or --poll-cmd'),
  clock: '--receiver-clock',
  state: '--state',
  rekey: '--rekey-cmd',
  outage: '--outage-cmd',
  canary: later('a run on the receiver’s own machine'),
  socket: later('a URL instead of a handler'),
};
