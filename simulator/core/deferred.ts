/** A promise with its handles outside; `Promise.withResolvers` needs Node 22. */
export interface Deferred<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (reason: unknown) => void;
}

/** A promise, with what settles it beside it. */
export const deferred = <Value>(): Deferred<Value> => {
  let handles: Pick<Deferred<Value>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    handles = { resolve, reject };
  });
  if (handles === undefined) throw new Error('a promise runs its executor at once');
  return { promise, ...handles };
};
