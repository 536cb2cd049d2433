/** The stream of changes: kept open, opened again when it ends. */
import type { Change } from '../../../stand-in.js';
import type { Client } from '../api/client.js';
import { createCoalescer, type Topic } from './coalesce.js';
import { createSseReader } from './sse.js';

export type Connection = 'connecting' | 'live' | 'lost';

export interface Live {
  /** Called with the topics that must be read anew; returns what ends it. */
  readonly listen: (listener: (topics: ReadonlySet<Topic>) => void) => () => void;
  /** Told at once how it stands, and whenever that changes. */
  readonly onConnection: (listener: (connection: Connection) => void) => () => void;
  readonly stop: () => void;
}

const ALL: readonly Topic[] = ['hooks', 'events', 'attempts', 'mails', 'clock'];
const AGAIN_MS = [500, 1000, 2000, 5000];

const later = (task: () => void, delayMs: number): (() => void) => {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
};

const topicOf = (text: string): Topic | undefined => {
  try {
    const { topic } = JSON.parse(text) as Change;
    return ALL.includes(topic) ? topic : undefined;
  } catch {
    return undefined;
  }
};

const readAll = async (answer: Response, take: (topic: Topic) => void): Promise<void> => {
  const body = answer.body;
  if (body === null) return;
  const { push } = createSseReader();
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    for (const topic of push(value).map(topicOf)) if (topic !== undefined) take(topic);
  }
};

export const createLive = (client: Client): Live => {
  const listeners = new Set<(topics: ReadonlySet<Topic>) => void>();
  const watchers = new Set<(connection: Connection) => void>();
  const stopper = new AbortController();
  const gathered = createCoalescer((topics) => {
    for (const listener of listeners) listener(topics);
  }, later);
  let connection: Connection = 'connecting';
  const tell = (next: Connection): void => {
    connection = next;
    for (const watcher of watchers) watcher(connection);
  };
  const run = async (): Promise<void> => {
    for (let failures = 0; !stopper.signal.aborted; failures += 1) {
      try {
        const answer = await client.open('/changes', stopper.signal);
        tell('live');
        // What happened in between was not told.
        if (failures > 0) for (const topic of ALL) gathered.add(topic);
        failures = 0;
        await readAll(answer, gathered.add);
      } catch {
        // Told below; tried again until it is stopped.
      }
      if (stopper.signal.aborted) return;
      tell('lost');
      const pauseMs = AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? 0;
      await new Promise<void>((done) => void later(done, pauseMs));
    }
  };
  void run();
  const join = <T>(set: Set<T>, member: T): (() => void) => {
    set.add(member);
    return () => void set.delete(member);
  };
  return {
    listen: (listener) => join(listeners, listener),
    onConnection: (watcher) => {
      watcher(connection);
      return join(watchers, watcher);
    },
    stop: () => {
      stopper.abort();
      gathered.stop();
    },
  };
};
