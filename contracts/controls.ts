import { HookproofError } from '../simulator/index.js';
import { say } from '../language/say.js';
import type { ReceiverControls } from './runner/case.js';

/**
 * What can be done to the receiver, as the run does it: polling is told where the API is, as its
 * port may be known only now, and what a function of a test throws is a control that failed.
 */
export const arrangeControls = (
  { restart, clock, poll, rekey, outage }: ReceiverControls,
  apiUrl: string | undefined,
): ReceiverControls => ({
  ...(restart && { restart: async () => asControl('restart', restart) }),
  ...(clock && { clock: async (nowMs) => asControl('clock', async () => clock(nowMs)) }),
  ...(poll && { poll: async () => asControl('poll', async () => poll(apiUrl)) }),
  ...(rekey && { rekey: async (key) => asControl('rekey', async () => rekey(key)) }),
  ...(outage && { outage: async (down) => asControl('outage', async () => outage(down)) }),
});

const asControl = async (name: string, act: () => Promise<void>): Promise<void> => {
  try {
    await act();
  } catch (error) {
    if (error instanceof HookproofError) throw error;
    throw new HookproofError(
      'control_failed',
      say`controls.${name} threw: ${error instanceof Error ? error.message : String(error)}`,
      say`call it by hand first: it has to resolve once that is done`,
    );
  }
};
