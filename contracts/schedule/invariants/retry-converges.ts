import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const retryConverges: Invariant = {
  name: 'retry-converges',
  rule: 'After a failure that has passed, a retry is acknowledged.',
  broken: (lives) => {
    const stuck = lives.find(({ acknowledged, retry }) => !acknowledged && retry === 'refused');
    return stuck && say`no retry of ${stuck.name} is acknowledged`;
  },
};
