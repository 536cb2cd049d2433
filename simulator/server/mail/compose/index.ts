/** What e-mails say: pure, in Spanish, English and Portuguese. */
export { composeDisabled, type DisabledFacts } from './disabled.js';
export { composeUpdate, type UpdateFacts } from './update.js';
