import type { RowNames, RowSink } from '../../simulator/index.js';

type Listen = (names: RowNames) => RowSink;

/** One listener that tells all of several. */
export const toAll = (listeners: readonly Listen[]): Listen => {
  const [only] = listeners;
  if (listeners.length === 1 && only !== undefined) return only;
  return (names) => {
    const sinks = listeners.map((listen) => listen(names));
    return {
      attempt: (row) => {
        for (const sink of sinks) sink.attempt(row);
      },
      incident: (incident) => {
        for (const sink of sinks) sink.incident(incident);
      },
    };
  };
};
