/** What e-mails say: pure, in Spanish, English and Portuguese. */
export { composeDisabled } from './disabled.js';
export { composeUpdate } from './update.js';
