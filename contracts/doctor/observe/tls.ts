import { isIP } from 'node:net';
import { checkServerIdentity, connect } from 'node:tls';
import type { PeerCertificate, SecureVersion, TLSSocket } from 'node:tls';
import type { TlsSeen } from '../seen.js';
import type { Bench } from './bench.js';
import { holdLine } from './line.js';

type Handshake =
  | { readonly kind: 'done'; readonly socket: TLSSocket }
  | { readonly kind: 'failed'; readonly code: string };

interface HandshakeOptions {
  readonly minVersion?: SecureVersion;
  readonly patienceMs?: number;
}

const HANDSHAKE_MS = 5000;
/** For a port that may not speak TLS at all. */
const GUESS_MS = 1000;

/** Shakes hands and accepts any certificate, so that it can be looked at. */
const shakeHands = async (
  { target }: Pick<Bench, 'target'>,
  address: string,
  { minVersion, patienceMs = HANDSHAKE_MS }: HandshakeOptions = {},
): Promise<Handshake> =>
  new Promise((resolve) => {
    const socket = connect({
      host: address,
      port: target.port,
      rejectUnauthorized: false,
      ...(isIP(target.host) === 0 ? { servername: target.host } : {}),
      ...(minVersion === undefined ? {} : { minVersion, ciphers: 'DEFAULT@SECLEVEL=0' }),
    });
    const timer = setTimeout(
      () => socket.destroy(Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' })),
      patienceMs,
    );
    socket.once('secureConnect', () => {
      clearTimeout(timer);
      resolve({ kind: 'done', socket });
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      resolve({ kind: 'failed', code: error.code ?? error.message });
    });
    socket.once('close', () => {
      clearTimeout(timer);
      resolve({ kind: 'failed', code: 'closed' });
    });
  });

const OF_CODE: Readonly<Record<string, TlsSeen['trouble']>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-ca',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-ca',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-ca',
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-name',
};

/** Dates and names come first: a certificate that was renewed has them right, whoever signed it. */
const troubleOf = (
  socket: TLSSocket,
  host: string,
  certificate: PeerCertificate,
  nowMs: number,
): Pick<TlsSeen, 'trouble' | 'code'> => {
  if (Date.parse(certificate.valid_to) < nowMs) {
    return { trouble: 'expired', code: 'CERT_HAS_EXPIRED' };
  }
  if (Date.parse(certificate.valid_from) > nowMs) {
    return { trouble: 'not-yet-valid', code: 'CERT_NOT_YET_VALID' };
  }
  if (checkServerIdentity(host, certificate) !== undefined) {
    return { trouble: 'wrong-name', code: 'ERR_TLS_CERT_ALTNAME_INVALID' };
  }
  // Typed as an error; it is the code itself.
  const said: unknown = socket.authorizationError;
  if (said === undefined || said === null) return { trouble: 'none', code: '' };
  const code = typeof said === 'string' ? said : 'unknown';
  return { trouble: OF_CODE[code] ?? 'handshake', code };
};

const namesOf = ({ subjectaltname: names = '', subject }: PeerCertificate): readonly string[] =>
  names === ''
    ? [String(subject.CN)]
    : names.split(', ').map((name) => name.replace(/^(?:DNS|IP Address):/, ''));

/** Whether a plain request is answered in plain HTTP. */
const speaksPlainHttp = async ({ target }: Bench, address: string): Promise<boolean> => {
  const { connect: connectTcp } = await import('node:net');
  const line = holdLine(connectTcp({ host: address, port: target.port }));
  line.write(`HEAD / HTTP/1.1\r\nHost: ${target.host}\r\nConnection: close\r\n\r\n`);
  const end = await line.until((heard) => heard.startsWith('HTTP/'), 1000);
  line.close();
  return end === 'met';
};

/** Whether something on a port shakes hands for TLS. */
export const speaksTls = async (bench: Bench, address: string): Promise<boolean> => {
  const hands = await shakeHands(bench, address, { patienceMs: GUESS_MS });
  if (hands.kind === 'done') hands.socket.destroy();
  return hands.kind === 'done';
};

export const observeTls = async (bench: Bench, address: string): Promise<TlsSeen> => {
  const nowMs = bench.nowMs();
  const hands = await shakeHands(bench, address);
  const failed = (trouble: TlsSeen['trouble'], code: string): TlsSeen => ({
    trouble,
    code,
    protocol: undefined,
    certificate: undefined,
    nowMs,
  });
  if (hands.kind === 'failed') {
    const { code } = hands;
    if (await speaksPlainHttp(bench, address)) return failed('plain-http', code);
    const old = await shakeHands(bench, address, { minVersion: 'TLSv1' });
    if (old.kind === 'failed') return failed('handshake', code);
    const protocol = old.socket.getProtocol() ?? 'old';
    old.socket.destroy();
    return { ...failed('old-protocol', code), protocol };
  }
  const { socket } = hands;
  const certificate = socket.getPeerCertificate();
  const protocol = socket.getProtocol() ?? undefined;
  const refused = await asksForCertificate(socket);
  const trouble = troubleOf(socket, bench.target.host, certificate, nowMs);
  socket.destroy();
  return {
    ...(refused === undefined
      ? trouble
      : { trouble: 'client-certificate' as const, code: refused }),
    protocol,
    certificate: {
      subject: String(certificate.subject.CN),
      issuer: String(certificate.issuer.CN ?? certificate.issuer.O),
      names: namesOf(certificate),
      fromMs: Date.parse(certificate.valid_from),
      untilMs: Date.parse(certificate.valid_to),
    },
    nowMs,
  };
};

/** In TLS 1.3 a server says only after the handshake that it misses a client's certificate. */
const asksForCertificate = async (socket: TLSSocket): Promise<string | undefined> => {
  let code: string | undefined;
  socket.on('error', (error: NodeJS.ErrnoException) => {
    code = error.code;
  });
  await holdLine(socket).until(() => code !== undefined, 100);
  return code !== undefined && /CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE/.test(code)
    ? code
    : undefined;
};
