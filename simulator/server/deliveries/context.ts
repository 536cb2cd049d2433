/** What every deed needs, and the words for what has changed. */
import type { StandInOptions } from '../options.js';
import type { Queue } from '../queue/queue.js';
import type { Change } from '../stand-in.js';
import type { Seal } from '../store/seal.js';
import type { Teller } from './teller.js';
import { type Query, type Store, notify } from '../store/store.js';

export interface Context {
  readonly options: StandInOptions;
  readonly store: Store;
  readonly queue: Queue;
  readonly seal: Seal;
  /** Says what has changed, soon. */
  readonly teller: Teller;
}

/** What a transaction tells everybody when it is through. */
export interface News {
  readonly changes: readonly Change[];
  /** Whether something may be due. */
  readonly due: boolean;
}

const CHANGES_MOST = 20;

/** Changes without what is said twice; of many of a kind it is only said that there are some. */
const gather = (changes: readonly Change[]): readonly Change[] => {
  const told = new Map(changes.map((change) => [`${change.topic} ${change.id ?? ''}`, change]));
  if (told.size <= CHANGES_MOST) return [...told.values()];
  return [...new Set(changes.map(({ topic }) => topic))].map((topic) => ({ topic, id: null }));
};

export const tell = async (query: Query, news: News): Promise<void> => {
  await notify(query, { changes: gather(news.changes), due: news.due });
};

/** What `tell` said; nothing where it is not ours. */
export const heard = (payload: string): News => {
  try {
    const { changes, due } = JSON.parse(payload) as News;
    return { changes, due };
  } catch {
    return { changes: [], due: false };
  }
};
