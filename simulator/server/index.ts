/** The stand-in itself, and what it stands on. */
export { createLog, type LogLevel, type LogOptions } from './log.js';
export { createSmtpMailer, type SmtpOptions } from './mail/smtp.js';
export { openStandIn, openWorker, type WorkerOptions } from './open.js';
