import type { FailureKind } from '../core/outcome.js';

/** What an error from a socket or a client means for a delivery. */
export interface Failure {
  readonly failure: FailureKind;
  readonly detail: string;
}

const KIND_OF_CODE: Readonly<Record<string, FailureKind>> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EHOSTDOWN: 'refused',
  ENETDOWN: 'refused',
  EADDRNOTAVAIL: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  EPROTO: 'tls',
};

/** Node's own TLS errors, and the certificate errors that its `tls` page lists. */
const TLS_CODE =
  /^(?:ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|ERROR_IN_C|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA$|INVALID_PURPOSE$|HOSTNAME_MISMATCH$|PATH_LENGTH_EXCEEDED$)/;

const codeOf = (error: object): string =>
  'code' in error && typeof error.code === 'string' ? error.code : '';

/**
 * Classifies what a transport threw. Codes come from Node's `errors` and `tls` pages and undici's
 * errors page; what carries none of them is a protocol fault.
 */
export const classifyError = (error: unknown): Failure => {
  if (!(error instanceof Error)) return { failure: 'protocol', detail: String(error) };
  if (error instanceof AggregateError && error.errors.length > 0) {
    return classifyError(error.errors[0]);
  }
  const code = codeOf(error);
  const known = KIND_OF_CODE[code];
  if (known !== undefined) return { failure: known, detail: describe(error, code) };
  if (TLS_CODE.test(code)) return { failure: 'tls', detail: describe(error, code) };
  if (error.cause instanceof Error) return classifyError(error.cause);
  return { failure: 'protocol', detail: describe(error, code) };
};

const describe = (error: Error, code: string): string => {
  const message = error.message.split('\n')[0] ?? '';
  return code === '' || message.includes(code) ? message : `${code}: ${message}`;
};
