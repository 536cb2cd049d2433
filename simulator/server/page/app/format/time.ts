/** Instants, in the zone of whoever reads them and exactly in UTC. */

const local = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

export const formatLocal = (atMs: number): string => local.format(atMs);

/** `2026-01-02 03:04:05.678 UTC`. */
export const formatUtc = (atMs: number): string =>
  new Date(atMs).toISOString().replace('T', ' ').replace('Z', ' UTC');
