import { describeReceiverContract } from 'hookproof/vitest';
import { key, receiverUnderTest } from './receiver-under-test.js';

const { handle, probe } = receiverUnderTest();

describeReceiverContract(handle, { key, probe, probeSettleMs: 100 });
