/** Records real deliveries, and compares them with the catalogue. */
export { isCapture, parseCaptures } from './captured.js';
export { findDrift } from './drift.js';
export { openJournal } from './journal.js';
export { startCaptureReceiver } from './receiver.js';
