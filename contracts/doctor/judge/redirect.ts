import { withoutPassword } from '../../../simulator/index.js';
import type { Finding } from '../finding.js';
import type { Known, Reply } from '../seen.js';
import { say } from '../../../language/say.js';

const BODY_LOST = new Set([301, 302, 303]);

const LOGIN = /log[-_]?in|sign[-_]?in|\bauth|sso|oauth|account/i;

const whyOf = (status: number): string =>
  BODY_LOST.has(status)
    ? say`after ${status} most clients repeat the request as a GET: the delivery’s body is lost`
    : say`${status} keeps the body, but each delivery takes two requests, and a sender need not follow (INF: two redirects at the most)`;

/** Where an answer points to, as kinds that have each their own mend. */
const kindOf = (from: URL, to: URL): 'https' | 'slash' | 'login' | 'elsewhere' => {
  const sameHost = from.hostname === to.hostname;
  if (sameHost && from.protocol === 'http:' && to.protocol === 'https:') return 'https';
  if (LOGIN.test(to.pathname) || LOGIN.test(to.hostname)) return 'login';
  const plain = ({ pathname }: URL): string => pathname.replace(/\/$/, '');
  return sameHost && plain(from) === plain(to) && from.pathname !== to.pathname
    ? 'slash'
    : 'elsewhere';
};

/** A delivery that is sent elsewhere. */
export const judgeRedirect = (reply: Reply, { target }: Known): readonly Finding[] => {
  const { status = 0 } = reply;
  const location = reply.headers['location'] ?? '';
  if (!URL.canParse(location, target.shown)) return [];
  const to = new URL(location, target.shown);
  const shown = withoutPassword(to.href);
  const kind = kindOf(new URL(target.shown), to);
  const words = {
    https: {
      title: say`plain http is redirected to https`,
      mend: say`register and test ${shown}`,
    },
    slash: {
      title: say`the path is redirected to one that differs by a slash`,
      mend: say`register ${shown}, or let the route take both (in Django: APPEND_SLASH)`,
    },
    login: {
      title: say`deliveries are sent to a login page`,
      mend: say`exempt this path from the login: the token’s signature is its proof of origin`,
    },
    elsewhere: {
      title: say`deliveries are redirected elsewhere`,
      mend: say`register ${shown}, if that is the receiver`,
    },
  }[kind];
  return [
    {
      id: `route/redirect-${kind}`,
      severity: 'blocks',
      title: words.title,
      seen: say`status ${status} to ${shown}`,
      why: whyOf(status),
      mend: words.mend,
    },
  ];
};
