import { effectsOf } from './invariant.js';
import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const noForgery: Invariant = {
  name: 'no-forgery',
  rule: 'An event that only a stranger signed has no effect.',
  broken: (lives, { polled }) => {
    const taken = lives.find(
      ({ name, genuine, forged, effects = 0 }) =>
        genuine === 0 && !polled.has(name) && forged > 0 && effects > 0,
    );
    return taken && say`${effectsOf(taken.effects ?? 0)} of the forged ${taken.name}`;
  },
};
