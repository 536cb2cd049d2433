/** Dates as the payloads write them, RFC 3339 in UTC (REF). Instants are milliseconds since 1970. */

export const wholeSecondsPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
export const nanosecondsPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$/;

/** `2026-01-02T03:04:05Z`: an event's own `timestamp`. */
export const toWholeSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

/**
 * `2026-01-02T03:04:05.678000123Z`: a date inside an object. `nanoseconds` are those beyond the
 * millisecond, from 0 to 999 999.
 */
export const toNanoseconds = (ms: number, nanoseconds: number): string =>
  `${new Date(ms).toISOString().slice(0, 23)}${String(nanoseconds).padStart(6, '0')}Z`;
