import { clearTimeout, setTimeout as setRealTimeout } from 'node:timers';
import { HookproofError } from '../../simulator/index.js';

/** Fake timers that go on by themselves do so at least this often. */
const PATIENCE_MS = 500;
const STEP_MS = 5;

/**
 * Deliveries take real time, and so do the timers of a receiver: under timers that a test has faked
 * neither would ever end. Modules of Node are imported before a test can fake anything.
 *
 * @throws {HookproofError} `invalid_argument` where timers or the date stand still
 */
export const requireRealTime = async (): Promise<void> => {
  const startedMs = Date.now();
  let patience: NodeJS.Timeout | undefined;
  const goesOn = await Promise.race([
    new Promise<boolean>((resolve) => globalThis.setTimeout(() => resolve(true), STEP_MS)),
    new Promise<boolean>((resolve) => {
      patience = setRealTimeout(() => resolve(false), PATIENCE_MS);
    }),
  ]);
  clearTimeout(patience);
  if (!goesOn) throw standsStill('the timers of this process stand still');
  if (Date.now() === startedMs) throw standsStill('the date of this process stands still');
};

const standsStill = (what: string): HookproofError =>
  new HookproofError(
    'invalid_argument',
    `${what}: a test has faked them, and deliveries take real time`,
    'call vi.useRealTimers() (Jest: jest.useRealTimers()) before it',
  );
