/** Connections that wait a while for the next delivery to their origin. */

/** What can be kept: it may close meanwhile. */
export interface Keepable {
  readonly isOpen: () => boolean;
  readonly destroy: () => Promise<void>;
}

export interface Kept<Connection> {
  /** The one that was kept last, if any is still open. */
  readonly take: (origin: string) => Connection | undefined;
  readonly keep: (origin: string, connection: Connection) => void;
}

/** `idleMs`: after so long a connection is closed, well before servers close idle ones. */
export const createKept = <Connection extends Keepable>(idleMs: number): Kept<Connection> => {
  const idle = new Map<string, { connection: Connection; timer: NodeJS.Timeout }[]>();
  const listOf = (origin: string) => {
    const list = idle.get(origin) ?? [];
    idle.set(origin, list);
    return list;
  };
  return {
    take: (origin) => {
      const list = listOf(origin);
      for (let last = list.pop(); last !== undefined; last = list.pop()) {
        clearTimeout(last.timer);
        if (last.connection.isOpen()) return last.connection;
      }
      idle.delete(origin);
      return undefined;
    },
    keep: (origin, connection) => {
      const list = listOf(origin);
      const entry = {
        connection,
        timer: setTimeout(() => {
          list.splice(list.indexOf(entry), 1);
          void connection.destroy();
        }, idleMs),
      };
      list.push(entry);
    },
  };
};
