import type { FailureKind } from '../../simulator/index.js';
import type { Problem } from './problems.js';
import { later, say, translate } from '../../language/say.js';

/** What to do where a receiver could not be reached, by the way in which that failed. */
const REMEDIES: Readonly<Partial<Record<FailureKind, string>>> = {
  refused: later('start the receiver, and check host and port'),
  dns: later('check the host name'),
  tls: later('check the certificate, or add --insecure for a self-signed one'),
  timeout: later('check that the receiver answers by hand, or raise --timeout'),
  reset: later(
    'something listens there and ends the connection without an answer: look into its log, and check that it speaks http and not https',
  ),
};

export const remedyFor = (failure: FailureKind): string =>
  translate(REMEDIES[failure] ?? later('check that an HTTP server listens there'));

/** Nobody answered the first delivery. */
export const unreachable = (
  url: string,
  outcome: { readonly failure: FailureKind; readonly detail: string },
): Problem => ({
  message: say`no answer from ${new URL(url).host} (${outcome.failure}: ${outcome.detail})`,
  remedy: remedyFor(outcome.failure),
});
