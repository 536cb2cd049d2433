import { remedyFor } from '../../runner/unreachable.js';
import type { Finding } from '../finding.js';
import type { Known, TlsSeen } from '../seen.js';
import { span, urlWith } from './words.js';
import { later, say, translate } from '../../../language/say.js';

/** Let’s Encrypt renews thirty days ahead: what is nearer was not renewed. */
const SOON_MS = 14 * 86_400_000;

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const NOT_TRUSTED = later(
  'a TLS failure fails the attempt (INF, from the list of conditions that Truora’s text follows): Truora delivers nothing',
);

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
        title: say`the port speaks plain HTTP, not TLS`,
        mend: say`use ${urlWith(shown, { scheme: 'http' })}, or the port on which TLS ends`,
        final: true,
      };
    case 'old-protocol':
      return {
        title: say`the receiver speaks ${seen.protocol ?? say`an old TLS`} at the most`,
        mend: say`allow TLS 1.2 and 1.3; 1.0 and 1.1 are withdrawn (RFC 8996)`,
        final: true,
      };
    case 'client-certificate':
      return {
        title: say`the receiver asks for a client certificate`,
        mend: say`exempt this path from mutual TLS: Truora is not known to show a certificate`,
        final: true,
      };
    case 'self-signed':
      return {
        title: say`the certificate is self-signed`,
        mend: say`${remedyFor('tls')}; in public use one of a known authority, such as Let’s Encrypt`,
      };
    case 'unknown-ca':
      return {
        title: say`the certificate’s chain leads to no known authority`,
        mend: say`serve the intermediate certificates too (fullchain.pem), or set NODE_EXTRA_CA_CERTS to a private authority’s certificate, or add --insecure`,
      };
    case 'expired':
      return {
        title: say`the certificate expired ${span(seen.nowMs - (certificate?.untilMs ?? 0))} ago`,
        mend: say`renew it, and restart or reload the server; look at why the renewal did not run`,
      };
    case 'not-yet-valid':
      return {
        title: say`the certificate is valid from ${day(certificate?.fromMs ?? 0)} on`,
        mend: say`compare the clocks of this machine and of the one that issued it (date -u)`,
      };
    case 'wrong-name':
      return {
        title: say`the certificate is not for ${host}`,
        mend: say`use one of its names, or issue a certificate for ${host}; behind a proxy check which one it serves`,
      };
    case 'handshake':
      return {
        title: say`no TLS connection comes about`,
        mend: say`${remedyFor('tls')}; openssl s_client -connect ${host}:${target.port} -servername ${host} shows the handshake`,
        final: true,
      };
  }
};

const shownCertificate = ({ certificate }: TlsSeen): string =>
  certificate === undefined
    ? ''
    : say`for ${certificate.names.join(', ')}, issued by ${certificate.issuer}, valid ${day(certificate.fromMs)} to ${day(certificate.untilMs)}`;

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
        why: translate(NOT_TRUSTED),
        mend,
      },
    ];
  }
  if (certificate === undefined || certificate.untilMs - nowMs > SOON_MS) return [];
  return [
    {
      id: 'tls/expires-soon',
      severity: 'warns',
      title: say`the certificate expires in ${span(certificate.untilMs - nowMs)}`,
      seen: shownCertificate(seen),
      why: say`from that moment on every attempt fails`,
      mend: say`renew it now, and look at why the renewal did not run`,
    },
  ];
};

export const describeTls = (seen: TlsSeen): string => {
  const { certificate, protocol, nowMs, trouble } = seen;
  if (certificate === undefined) return trouble.replaceAll('-', ' ');
  const left = certificate.untilMs - nowMs;
  return `${protocol ?? 'TLS'}, ${shownCertificate(seen)}${left > 0 ? say` (${span(left)} left)` : ''}`;
};
