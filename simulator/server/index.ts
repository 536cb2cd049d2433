/** The stand-in itself, and what it stands on. */
export { createLog } from './log.js';
export { openStandIn, openWorker } from './open.js';
/** Hands e-mails to a server: most have none, and start sooner without. */
export const loadSmtp = async () => import('./mail/smtp.js');
