/** What every deed needs. */
import type { StandInOptions } from '../options.js';
import type { Queue } from '../queue/queue.js';
import type { Seal } from '../store/seal.js';
import type { Teller } from './teller.js';
import type { Store } from '../store/store.js';

export interface Context {
  readonly options: StandInOptions;
  readonly store: Store;
  readonly queue: Queue;
  readonly seal: Seal;
  /** Says what has changed, soon. */
  readonly teller: Teller;
}
