/** The package brings no types. */
declare module 'har-validator' {
  /** Rejects with a list of errors where the data is no HTTP Archive 1.2. */
  export const har: (data: unknown) => Promise<unknown>;
}
