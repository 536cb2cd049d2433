/** One mend in each language; the names `body`, `key`, `claims`, `event` and `db` mean the same in all. */
export type Snippets = Readonly<Record<'node' | 'python' | 'go' | 'php' | 'java', string>>;

/** Written with a line break at either end, so that the code stands by itself. */
export const snippets = (written: Snippets): Snippets => ({
  node: written.node.trim(),
  python: written.python.trim(),
  go: written.go.trim(),
  php: written.php.trim(),
  java: written.java.trim(),
});
