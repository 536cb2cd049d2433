/** Errors as the API words them: its own way under `/_hookproof/`, Truora's way where Truora would. */
import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { HookproofError } from '../../../core/errors.js';
import { notFound, truoraError, unauthorized } from '../../../truora/index.js';
import type { Log } from '../../options.js';

/** Why a request is refused, in the words of a `HookproofError`. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly status: ContentfulStatusCode;
  readonly code: string;
  readonly remedy: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: ContentfulStatusCode,
    code: string,
    message: string,
    remedy: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.headers = headers;
  }
}

/** What there is not: a hook, an event, an e-mail. */
export const missing = (what: string, id: string): HttpError =>
  new HttpError(
    404,
    'not_found',
    `there is no ${what} ${JSON.stringify(id)}`,
    'lists tell what there is',
  );

/** Whether a path belongs to what Truora itself answers. */
export const isTruoras = (path: string): boolean => /^\/(?:v\d+|events)(?:\/|$)/.test(path);

/** Answers with what went wrong. Only what nobody foresaw is logged, and never what was sent. */
export const answerError = (context: Context, error: unknown, log: Log): Response => {
  const { status, code, message, remedy, headers } = httpErrorOf(error);
  if (status >= 500) {
    const stack = error instanceof Error ? error.stack : undefined;
    log.error({ method: context.req.method, path: context.req.path, stack }, 'a request failed');
  }
  if (!isTruoras(context.req.path)) return context.json({ code, message, remedy }, status, headers);
  if (status === 401) return context.json(unauthorized, status, headers);
  const said = status === 404 ? notFound : truoraError(status, message);
  return context.json(said, status, headers);
};

/** PostgreSQL's and the system's codes (PostgreSQL, appendix A; errno). */
const FULL = /^(?:53100|ENOSPC|EDQUOT)$/;
const AWAY =
  /^(?:08...|57P0[123]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** What keeps the store from taking anything is nobody's fault here; nothing was done by halves. */
const storeError = (error: unknown): HttpError | undefined => {
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error ? String(error.code) : '';
  if (FULL.test(code)) {
    return new HttpError(
      503,
      'store_full',
      'the disk that holds the data is full: nothing of this was done',
      'make room there, and ask again',
    );
  }
  if (!AWAY.test(code) && !error.message.startsWith('Connection terminated')) return undefined;
  return new HttpError(
    503,
    'store_away',
    'PostgreSQL does not answer',
    'see that it runs, and ask again',
  );
};

const httpErrorOf = (error: unknown): HttpError => {
  if (error instanceof HttpError) return error;
  if (error instanceof HookproofError) {
    const status = error.code === 'nothing_matched' ? 404 : 400;
    return new HttpError(status, error.code, error.message, error.remedy);
  }
  if (error instanceof HTTPException) {
    const remedy = 'the reference at /reference tells what is taken';
    return new HttpError(error.status, 'invalid_request', error.message, remedy);
  }
  return (
    storeError(error) ??
    new HttpError(500, 'internal', 'a fault of hookproof itself', 'see its log, and report it')
  );
};
