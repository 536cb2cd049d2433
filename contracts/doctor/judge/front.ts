import type { Finding } from '../finding.js';
import type { Reply } from '../seen.js';
import { answerOf } from './words.js';
import { say } from '../../../language/say.js';

const CSRF = /csrf|authenticity ?token|page expired/i;

/** Schemes that a receiver of tokens would not ask for: something stands before it. */
const LOGIN_SCHEME = /^(?:basic|digest|negotiate|ntlm)\b/i;

/** A receiver may name this scheme as it refuses a token (RFC 6750 §3.1), which is no login. */
const asksForMore = (asks: string): boolean => asks !== '' && !asks.includes('invalid_token');

const blocks = (slug: string, rest: Omit<Finding, 'id' | 'severity'>): readonly Finding[] => [
  { id: `route/${slug}`, severity: 'blocks', ...rest },
];

/**
 * What stands before the receiver and refuses on its own account. A 401 or 403 to a nonsense body
 * may be the receiver's right refusal, so that only what cannot be is named without a genuine one.
 */
export const judgeFront = (reply: Reply, isGenuine: boolean): readonly Finding[] => {
  const { status = 0, headers, text } = reply;
  const asks = headers['www-authenticate'] ?? '';
  const seen = `${answerOf(reply)}${asks === '' ? '' : say`, WWW-Authenticate: ${asks.slice(0, 80)}`}`;
  if (status === 401 && (LOGIN_SCHEME.test(asks) || (isGenuine && asksForMore(asks)))) {
    return blocks('login-in-front', {
      title: say`a login stands before the receiver (${asks.split(/[\s,]/)[0] ?? ''})`,
      seen,
      why: say`Truora’s deliveries carry no Authorization header: the token’s signature is their only proof (DOC)`,
      mend: say`exempt this path from the login; in nginx: location = /webhooks/truora { auth_basic off; … }. To test behind it: --header "Authorization: …"`,
    });
  }
  if ([403, 419, 422].includes(status) && CSRF.test(text)) {
    return blocks('csrf', {
      title: say`protection against CSRF refuses deliveries`,
      seen: `${answerOf(reply)}: ${(CSRF.exec(text) ?? [''])[0]}`,
      why: say`a delivery comes from no form of yours and has no such token`,
      mend: say`exempt this route: @csrf_exempt in Django, skip_forgery_protection in Rails, $middleware->validateCsrfTokens(except: […]) in Laravel`,
    });
  }
  if (status === 407) {
    return blocks('proxy-login', {
      title: say`a proxy on the way asks for a login`,
      seen,
      why: say`the request never came to the receiver`,
      mend: say`check that the URL is the receiver’s and not a proxy’s`,
    });
  }
  if (status === 502 || status === 504) {
    return blocks('bad-gateway', {
      title: say`a proxy answers, and the receiver behind it does not`,
      seen: `${answerOf(reply)}${headers['server'] === undefined ? '' : say` from ${headers['server'].slice(0, 40)}`}`,
      why: say`every attempt counts as failed`,
      mend: say`start the receiver, and check the address that the proxy forwards to`,
    });
  }
  return [];
};
