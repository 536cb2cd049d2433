/** What snippets of TypeScript take for granted, so that the compiler can read them as they stand. */

/** Of every page: what a test of the reader's own has at hand. */
export const PRELUDE = `
import type { FetchHandler, Schedule } from 'hookproof';
import { expect, test } from 'vitest';
declare const app: { readonly fetch: FetchHandler };
declare const key: string;
declare const store: { readonly count: (id: string) => number };
declare const db: {
  readonly query: (sql: string, values: readonly unknown[]) => Promise<{ readonly rows: readonly unknown[] }>;
};
declare const forgedToken: string;
declare const schedule: Schedule;
`;

/** Snippets that cannot be compiled here, by page and a word of theirs, with the reason. */
export const NOT_COMPILED: readonly (readonly [page: string, word: string, reason: string])[] = [
  ['docs/serve.md', 'testcontainers', 'the package is not installed: it needs a container engine'],
];
