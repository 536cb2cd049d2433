/** The stand-in itself, and what it stands on. */
export { createLog } from './log.js';
export { createSmtpMailer } from './mail/smtp.js';
export { openStandIn, openWorker } from './open.js';
