import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { State } from './api/answers.js';
import { createClient } from './api/client.js';
import type { Topic } from './live/coalesce.js';
import { type Connection, createLive } from './live/live.js';
import { ProblemNote } from './parts/problem.js';
import { Shell } from './shell.js';
import { describeChange } from './state/announce.js';
import { SessionContext } from './state/session.js';
import { useClock } from './state/use-clock.js';
import { useLoaded } from './state/use-loaded.js';

const TOPICS: readonly Topic[] = ['hooks', 'events', 'attempts', 'mails', 'clock'];
const TOAST_MS = 6000;

/** Tells what changed in the background, once a reading. */
const useChanges = (state: State | undefined): string => {
  const before = useRef<State | undefined>(undefined);
  const [text, setText] = useState('');
  useEffect(() => {
    const change =
      before.current === undefined || state === undefined
        ? ''
        : describeChange(before.current.totals, state.totals);
    before.current = state;
    if (change !== '') setText(change);
  }, [state]);
  return text;
};

/** Everything behind the token: the client, the stream of changes and the state of the whole. */
export const Connected = ({
  token,
  onRefused,
}: {
  readonly token: string;
  readonly onRefused: () => void;
}): JSX.Element => {
  const client = useMemo(() => createClient(token, onRefused), [token]);
  const live = useMemo(() => createLive(client), [client]);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [toast, setToast] = useState('');
  useEffect(() => {
    const leave = live.onConnection(setConnection);
    return () => {
      leave();
      live.stop();
    };
  }, [live]);
  useEffect(() => {
    if (toast === '') return undefined;
    const timer = setTimeout(() => setToast(''), TOAST_MS);
    return () => clearTimeout(timer);
  }, [toast]);

  const { value: state, problem } = useLoaded(live, 'state', TOPICS, (signal) =>
    client.ask<State>('GET', '/state', undefined, signal),
  );
  const nowMs = useClock(state?.clock);
  const changes = useChanges(state);
  const announce = useCallback((text: string) => setToast(text), []);

  return (
    <>
      {state === undefined ? (
        <main class="alone">
          <h1>hookproof</h1>
          {problem === undefined ? (
            <p class="quiet">Asking the stand-in …</p>
          ) : (
            <ProblemNote problem={problem} />
          )}
        </main>
      ) : (
        <SessionContext.Provider value={{ client, live, state, nowMs, announce }}>
          <Shell connection={connection} />
        </SessionContext.Provider>
      )}
      <div class="toast" role="status">
        {toast}
      </div>
      <div class="unseen" role="status">
        {changes}
      </div>
    </>
  );
};
