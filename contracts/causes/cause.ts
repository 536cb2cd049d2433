/** What a root cause is: a defect that a user understands, with its mend. */
import type { SnippetTopic } from './snippets/topics.js';

export interface Cause {
  /** Stable: reports name it. */
  readonly slug: string;
  /** The defect in one sentence. */
  readonly title: string;
  /** What it costs the user. */
  readonly why: string;
  /** What to do, in a sentence or two. */
  readonly fix: string;
  /** Which code shows the mend. */
  readonly topic: SnippetTopic;
  /** Receivers that are known to have this defect and no other; a run is compared with theirs. */
  readonly mutants: readonly string[];
}
