import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const ackImpliesEffect: Invariant = {
  name: 'ack-implies-effect',
  rule: 'A 2xx is a promise: an acknowledged event has its effect.',
  broken: (lives, { superseded }) => {
    const lost = lives.find(
      ({ name, acknowledged, effects }) => acknowledged && effects === 0 && !superseded.has(name),
    );
    return lost && say`${lost.name} is acknowledged and has no effect`;
  },
};
