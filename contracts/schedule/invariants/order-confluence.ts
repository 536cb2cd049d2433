import type { Invariant } from './invariant.js';
import { say } from '../../../language/say.js';

export const orderConfluence: Invariant = {
  name: 'order-confluence',
  rule: 'The final state depends on which events there are, not on the order of their arrival.',
  broken: (_lives, { states }) => {
    const wrong = states.find(({ state, inOrder }) => inOrder !== undefined && state !== inOrder);
    return (
      wrong &&
      say`the state is ${wrong.state ?? 'none'}; told in order it is ${wrong.inOrder ?? 'none'}`
    );
  },
};
