import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const noInterference: Invariant = {
  name: 'no-interference',
  rule: 'An event does not suffer from the failure of another one.',
  broken: (lives, { failed, interrupted }) => {
    if (failed.size === 0) return undefined;
    const victim = lives.find(
      ({ name, acknowledged, retry }) =>
        !failed.has(name) && !interrupted.has(name) && !acknowledged && retry === 'refused',
    );
    return (
      victim && say`${victim.name} is not acknowledged, though ${[...failed].join(', ')} failed`
    );
  },
};
