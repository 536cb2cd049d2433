import type { TruoraEvent } from '../../simulator/index.js';
import type { CaseContext } from './case.js';
import { statusOf } from './judge.js';

/** Redirects after which a POST is still a POST (RFC 9110 §15.4). */
const KEEPS_METHOD = new Set([307, 308]);

/**
 * Where a delivery ends that is redirected so many times. Forgeries and raw requests follow no
 * redirect: they must go there themselves, or they prove nothing about the receiver.
 */
export const destinationOf = async (
  context: CaseContext,
  event: TruoraEvent,
  redirects: number,
): Promise<string> => {
  let url = context.url;
  for (let hop = 0; hop < redirects; hop++) {
    const attempt = await context.send('oddity', [], context.token([event]), {
      label: 'redirect',
      url,
    });
    const location = attempt.exchange.headers['location'];
    const follows = KEEPS_METHOD.has(statusOf(attempt) ?? 0);
    if (!follows || location === undefined || !URL.canParse(location, url)) return context.url;
    url = new URL(location, url).href;
  }
  return url;
};
