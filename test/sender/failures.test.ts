import { describe, expect, test } from 'vitest';
import { classifyError } from '../../simulator/sender/failures.js';

const withCode = (code: string, message = 'no good'): Error =>
  Object.assign(new Error(message), { code });

describe('classifyError', () => {
  test.each([
    ['ECONNREFUSED', 'refused'],
    ['EHOSTUNREACH', 'refused'],
    ['ENETUNREACH', 'refused'],
    ['EHOSTDOWN', 'refused'],
    ['ENETDOWN', 'refused'],
    ['EADDRNOTAVAIL', 'refused'],
    ['ECONNRESET', 'reset'],
    ['ECONNABORTED', 'reset'],
    ['EPIPE', 'reset'],
    ['UND_ERR_SOCKET', 'reset'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EAI_FAIL', 'dns'],
    ['ETIMEDOUT', 'connect-timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['EPROTO', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['CERT_NOT_YET_VALID', 'tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT', 'tls'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
    ['INVALID_CA', 'tls'],
    ['INVALID_PURPOSE', 'tls'],
    ['HOSTNAME_MISMATCH', 'tls'],
    ['PATH_LENGTH_EXCEEDED', 'tls'],
    ['HPE_INVALID_CONSTANT', 'protocol'],
    ['UND_ERR_INVALID_ARG', 'protocol'],
    ['ERR_INVALID_CHAR', 'protocol'],
  ])('reads %s as %s', (code, failure) => {
    expect(classifyError(withCode(code))).toEqual({ failure, detail: `${code}: no good` });
  });

  test('reads the first of several errors', () => {
    const several = new AggregateError([withCode('ECONNREFUSED'), withCode('ETIMEDOUT')]);
    expect(classifyError(several).failure).toBe('refused');
  });

  test('reads the cause where the error itself has no known code', () => {
    const outer = new TypeError('fetch failed', { cause: withCode('ENOTFOUND') });
    expect(classifyError(outer).failure).toBe('dns');
  });

  test('does not name the code twice', () => {
    const error = withCode('ECONNREFUSED', 'connect ECONNREFUSED 127.0.0.1:1');
    expect(classifyError(error).detail).toBe('connect ECONNREFUSED 127.0.0.1:1');
  });

  test('keeps the first line of a message', () => {
    expect(classifyError(new Error('one\ntwo')).detail).toBe('one');
  });

  test.each(['a text', undefined, 7])(
    'reads %s, which is no error, as a protocol fault',
    (thrown) => {
      expect(classifyError(thrown)).toEqual({ failure: 'protocol', detail: String(thrown) });
    },
  );
});
