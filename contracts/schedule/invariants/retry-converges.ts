import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const retryConverges: Invariant = {
  name: 'retry-converges',
  rule: 'After a failure that has passed, a retry is acknowledged.',
  broken: (lives, { interrupted }) => {
    // A claim of a process that was killed is held until its lease runs out, a minute later, say.
    const stuck = lives.find(
      ({ name, acknowledged, retry }) =>
        !acknowledged && retry === 'refused' && !interrupted.has(name),
    );
    return stuck && say`no retry of ${stuck.name} is acknowledged`;
  },
};
