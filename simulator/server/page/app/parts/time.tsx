import type { JSX } from 'preact';
import { formatUntil } from '../format/duration.js';
import { formatLocal, formatUtc } from '../format/time.js';
import { useSession } from '../state/session.js';

/** An instant in the reader's zone; its title is the exact one. */
export const Time = ({ atMs }: { readonly atMs: number }): JSX.Element => (
  <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)}>
    {formatLocal(atMs)}
  </time>
);

/** How long until then, or since, by the stand-in's clock. */
export const Until = ({ atMs }: { readonly atMs: number }): JSX.Element => {
  const { nowMs } = useSession();
  return (
    <time dateTime={new Date(atMs).toISOString()} title={formatUtc(atMs)}>
      {formatUntil(atMs, nowMs)}
    </time>
  );
};
