/** Errors as Truora's API words them (REF). */
export interface TruoraError {
  /** The status with a 10 before it: 10404. */
  readonly code: number;
  readonly http_code: number;
  readonly message: string;
}

/** An error as Truora’s API words it (REF). */
export const truoraError = (status: number, message: string): TruoraError => ({
  code: 10_000 + status,
  http_code: status,
  message,
});

/** What there is not, status 404. */
export const notFound = truoraError(404, 'not found');

/** What a wrong or a missing key gets, status 401: no code stands in it (REF). */
export const unauthorized = { message: 'Unauthorized' } as const;
