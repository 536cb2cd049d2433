/** What went wrong, in the API's words where it has some. */

export interface Problem {
  /** The HTTP status; 0 where nothing was answered. */
  readonly status: number;
  readonly message: string;
  readonly remedy: string;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

const textIn = (value: unknown, name: string): string => {
  if (typeof value !== 'object' || value === null) return '';
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : '';
};

const remedies: Readonly<Record<number, string>> = {
  401: 'Sign in with the control token that the stand-in was started with.',
  404: 'It may have been removed: go back to the list.',
};

/** Reads an answer that is no success; `body` is whatever came, parsed if it was JSON. */
export const problemOf = (status: number, body: unknown): Problem => {
  const message = textIn(body, 'message');
  const remedy = textIn(body, 'remedy');
  return {
    status,
    message: message === '' ? `The stand-in answered ${status}.` : message,
    remedy: remedy === '' ? (remedies[status] ?? '') : remedy,
  };
};

/** Whatever was thrown, as a problem. */
export const problemFrom = (thrown: unknown): Problem =>
  thrown instanceof ApiError
    ? thrown.problem
    : {
        status: 0,
        message: 'The stand-in does not answer.',
        remedy: 'See that it runs; nothing that you entered is lost.',
      };
