/** A right receiver's contract as vitest tests; this file passes if each of them does. */
import { describeReceiverContract } from '../../contracts/vitest/index.js';
import { stillClock } from '../verify/check.js';
import { createReceiver, key } from '../verify/receiver.js';

const clock = stillClock();
const receiver = createReceiver({ nowMs: clock.nowMs });
const options = { key, clock, probe: receiver.count, seed: 1, only: ['verification/alg-*'] };

describeReceiverContract(receiver.handle, { ...options, name: 'a handler' });
describeReceiverContract(
  { start: async () => receiver.handle },
  { ...options, seed: 2, name: 'started late' },
);
