import type { Finding } from '../finding.js';
import type { SignatureSeen } from '../seen.js';
import { say } from '../../../language/say.js';

const isTaken = (status: number | undefined): boolean =>
  status !== undefined && status >= 200 && status < 300;

const word = (status: number | undefined): string =>
  status === undefined ? say`no answer` : say`status ${status}`;

/** Whether signature checks look on, as far as statuses can tell. */
export const judgeSignature = ({ genuine, forged, junk }: SignatureSeen): readonly Finding[] => {
  const seen = say`genuine: ${word(genuine)}; signed by a stranger: ${word(forged)}; nonsense: ${word(junk)}`;
  if (isTaken(forged) && !isTaken(junk)) {
    return [
      {
        id: 'signature/looks-off',
        severity: 'blocks',
        title: say`a token that a stranger signed is taken`,
        seen,
        why: say`the signature is the only proof that a delivery is Truora’s (DOC): anyone who knows the URL can report a finished check. Nonsense is refused, so the status says something`,
        mend: say`verify HS256 with the signing key before reading the claims, and refuse to start without a key; hookproof verify names the defect`,
      },
    ];
  }
  if (isTaken(forged)) {
    return [
      {
        id: 'signature/cannot-tell',
        severity: 'warns',
        title: say`the status does not tell whether signatures are checked`,
        seen,
        why: say`everything is answered alike: either the checks are off, or refusals are hidden behind 2xx; only the effects tell`,
        mend: say`hookproof verify <url> --key … --probe '…/records?id={eventId}' --only 'verification/*' looks at the effects`,
      },
    ];
  }
  if (forged === undefined || forged >= 500) {
    return [
      {
        id: 'signature/fails-on-forgery',
        severity: 'warns',
        title: say`a forged token makes the receiver fail`,
        seen,
        why: say`5xx on bad input looks like an outage, and feeds alarms and retries`,
        mend: say`catch what the verification throws, and answer 401`,
      },
    ];
  }
  return [];
};

export const describeSignature = ({ genuine, forged }: SignatureSeen): string =>
  say`a stranger’s token: ${word(forged)}, a genuine one: ${word(genuine)}`;
