import type { Log } from '../../simulator/index.js';
import { exitCodes } from '../exit-codes.js';
import { watchForStop } from './signals.js';

/** What runs until it is closed. */
export interface Running {
  readonly log: Log;
  readonly close: () => Promise<void>;
}

/**
 * Runs until Ctrl-C or SIGTERM, and lets what is in the air end. That is what was asked for, so it is
 * no interruption; a second request is, and ends at once.
 */
export const untilStopped = async (open: () => Promise<Running>): Promise<number> => {
  const stop = watchForStop();
  const life = async (): Promise<number> => {
    const { log, close } = await open();
    await stop.asked;
    log.info({}, 'stopping: what is in the air ends first; ask again to end at once');
    await close();
    log.info({}, 'stopped');
    return exitCodes.passed;
  };
  try {
    return await Promise.race([life(), stop.again.then(() => exitCodes.interrupted)]);
  } finally {
    stop.end();
  }
};
