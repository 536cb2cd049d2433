/** What every view needs: how to ask, what changes, and how the stand-in is. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { State } from '../api/answers.js';
import type { Client } from '../api/client.js';
import type { Live } from '../live/live.js';

export interface Session {
  readonly client: Client;
  readonly live: Live;
  readonly state: State;
  /** The stand-in's clock now: a real one goes on between two readings. */
  readonly nowMs: number;
  /** Says something to whoever looks or listens, for a moment. */
  readonly announce: (text: string) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export const useSession = (): Session => {
  const session = useContext(SessionContext);
  if (session === undefined) throw new Error('there is no session around this view');
  return session;
};
