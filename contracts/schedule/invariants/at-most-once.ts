import { effectsOf } from './invariant.js';
import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const atMostOnce: Invariant = {
  name: 'at-most-once',
  rule: 'An event has one effect, however often and by whatever way it comes.',
  broken: (lives) => {
    const twice = lives.find(({ effects = 0 }) => effects > 1);
    return twice && say`${effectsOf(twice.effects ?? 0)} of ${twice.name}`;
  },
};
