/** What came of attempts and deliveries, in words. */
import type { Fault, StoredAttempt } from '../../../stand-in.js';
import { countOf } from './numbers.js';

type Outcome = StoredAttempt['outcome'];

const failures: Readonly<Record<Extract<Outcome, { kind: 'failure' }>['failure'], string>> = {
  refused: 'connection refused',
  reset: 'connection reset',
  dns: 'name not found',
  tls: 'TLS not valid',
  'connect-timeout': 'no connection in time',
  timeout: 'no answer in time',
  redirects: 'too many redirects',
  protocol: 'no valid HTTP answer',
};

/** `answered 503`, `answered 200 after 1 redirect`, `no answer in time`. */
export const describeOutcome = (outcome: Outcome): string => {
  if (outcome.kind === 'failure') return failures[outcome.failure];
  const after = outcome.redirects > 0 ? ` after ${countOf(outcome.redirects, 'redirect')}` : '';
  return `answered ${outcome.status}${after}`;
};

/** The kinds of faults that can be played, with their names. */
export const faultKinds: Readonly<Record<Fault['outcome']['kind'], string>> = {
  status: 'Answers a status',
  timeout: 'Does not answer in time',
  reset: 'Resets the connection',
  refused: 'Refuses the connection',
  dns: 'Name not found',
  tls: 'TLS not valid',
  redirects: 'Redirects too often',
};

/** `Answers a status: 503, for 3 attempts more`. */
export const describeFault = ({ outcome, times }: Fault): string => {
  const what = faultKinds[outcome.kind] + (outcome.kind === 'status' ? ` ${outcome.status}` : '');
  return times === null
    ? `${what}, until it is mended`
    : `${what}, ${countOf(times, 'time more', 'times more')}`;
};

/** What comes after an attempt; `due` is when its retry is. */
export const describeNext = (next: StoredAttempt['next'], due: string): string => {
  switch (next) {
    case 'delivered':
      return 'Delivered';
    case 'retry':
      return `Retry ${due}`.trim();
    case 'held':
      return 'Held until the hook is enabled';
    case 'exhausted':
      return 'Given up: no retry is left';
    case 'dropped':
      return 'Dropped: the hook is disabled';
  }
};
