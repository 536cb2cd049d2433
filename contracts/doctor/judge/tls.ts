import { remedyFor } from '../../runner/unreachable.js';
import type { Finding } from '../finding.js';
import type { Known, TlsSeen } from '../seen.js';
import { span, urlWith } from './words.js';

/** Let’s Encrypt renews thirty days ahead: what is nearer was not renewed. */
const SOON_MS = 14 * 86_400_000;

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const NOT_TRUSTED =
  'a TLS failure fails the attempt (INF, from the list of conditions that Truora’s text follows): Truora delivers nothing';

interface Words {
  readonly title: string;
  readonly mend: string;
  /** hookproof cannot go on, whatever it is allowed to accept. */
  readonly final?: boolean;
}

const wordsOf = (seen: TlsSeen, { target }: Known): Words | undefined => {
  const { certificate } = seen;
  const { host, shown } = target;
  switch (seen.trouble) {
    case 'none':
      return undefined;
    case 'plain-http':
      return {
        title: 'the port speaks plain HTTP, not TLS',
        mend: `use ${urlWith(shown, { scheme: 'http' })}, or the port on which TLS ends`,
        final: true,
      };
    case 'old-protocol':
      return {
        title: `the receiver speaks ${seen.protocol ?? 'an old TLS'} at the most`,
        mend: 'allow TLS 1.2 and 1.3; 1.0 and 1.1 are withdrawn (RFC 8996)',
        final: true,
      };
    case 'client-certificate':
      return {
        title: 'the receiver asks for a client certificate',
        mend: 'exempt this path from mutual TLS: Truora is not known to show a certificate',
        final: true,
      };
    case 'self-signed':
      return {
        title: 'the certificate is self-signed',
        mend: `${remedyFor('tls')}; in public use one of a known authority, such as Let’s Encrypt`,
      };
    case 'unknown-ca':
      return {
        title: 'the certificate’s chain leads to no known authority',
        mend: 'serve the intermediate certificates too (fullchain.pem), or set NODE_EXTRA_CA_CERTS to a private authority’s certificate, or add --insecure',
      };
    case 'expired':
      return {
        title: `the certificate expired ${span(seen.nowMs - (certificate?.untilMs ?? 0))} ago`,
        mend: 'renew it, and restart or reload the server; look at why the renewal did not run',
      };
    case 'not-yet-valid':
      return {
        title: `the certificate is valid from ${day(certificate?.fromMs ?? 0)} on`,
        mend: 'compare the clocks of this machine and of the one that issued it (date -u)',
      };
    case 'wrong-name':
      return {
        title: `the certificate is not for ${host}`,
        mend: `use one of its names, or issue a certificate for ${host}; behind a proxy check which one it serves`,
      };
    case 'handshake':
      return {
        title: 'no TLS connection comes about',
        mend: `${remedyFor('tls')}; openssl s_client -connect ${host}:${target.port} -servername ${host} shows the handshake`,
        final: true,
      };
  }
};

const shownCertificate = ({ certificate }: TlsSeen): string =>
  certificate === undefined
    ? ''
    : `for ${certificate.names.join(', ')}, issued by ${certificate.issuer}, valid ${day(certificate.fromMs)} to ${day(certificate.untilMs)}`;

export const judgeTls = (seen: TlsSeen, known: Known): readonly Finding[] => {
  const words = wordsOf(seen, known);
  const { certificate, nowMs } = seen;
  if (words !== undefined) {
    const { title, mend, final = false } = words;
    return [
      {
        id: `tls/${seen.trouble}`,
        severity: known.target.insecure && !final ? 'warns' : 'blocks',
        title,
        seen: [shownCertificate(seen), seen.code].filter((part) => part !== '').join('; '),
        why: NOT_TRUSTED,
        mend,
      },
    ];
  }
  if (certificate === undefined || certificate.untilMs - nowMs > SOON_MS) return [];
  return [
    {
      id: 'tls/expires-soon',
      severity: 'warns',
      title: `the certificate expires in ${span(certificate.untilMs - nowMs)}`,
      seen: shownCertificate(seen),
      why: 'from that moment on every attempt fails',
      mend: 'renew it now, and look at why the renewal did not run',
    },
  ];
};

export const describeTls = (seen: TlsSeen): string => {
  const { certificate, protocol, nowMs, trouble } = seen;
  if (certificate === undefined) return trouble.replaceAll('-', ' ');
  const left = certificate.untilMs - nowMs;
  return `${protocol ?? 'TLS'}, ${shownCertificate(seen)}${left > 0 ? ` (${span(left)} left)` : ''}`;
};
