import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const ackLiveness: Invariant = {
  name: 'ack-liveness',
  rule: 'A copy of an event that is done is acknowledged: else it is retried, and counts as a failure.',
  broken: (lives) => {
    const refused = lives.find(({ acknowledged, retry }) => acknowledged && retry === 'refused');
    return refused && say`copies of ${refused.name} are refused for ever`;
  },
};
