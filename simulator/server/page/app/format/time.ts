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

const clockTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' });
const exactTime = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** As short as ticks that far apart allow. */
export const formatTick = (atMs: number, stepMs: number): string => {
  if (stepMs >= 86_400_000) return day.format(atMs);
  return (stepMs >= 60_000 ? clockTime : exactTime).format(atMs);
};
