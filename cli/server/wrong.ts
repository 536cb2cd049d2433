import { HookproofError } from '../../simulator/index.js';

/** A mistake of the user: one line, exit code 2. */
export const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);
