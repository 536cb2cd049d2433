import { keyForms, macForms } from '../../simulator/index.js';
import type { Attempt, ContractCase } from '../runner/case.js';
import { noneOf, review } from './review.js';
import { say } from '../../language/say.js';

const textOf = ({ exchange }: Attempt): string =>
  `${Object.values(exchange.headers).join('\n')}\n${Buffer.from(exchange.body).toString('latin1')}`;

/** Keys shorter than this occur in honest texts by chance. */
const TELLING_KEY_LENGTH = 16;

/** Whether an answer holds the key, or the MAC that would have made a forged token right. */
const leaksSecret = (attempt: Attempt, key: string): boolean => {
  const answer = textOf(attempt);
  if (key.length >= TELLING_KEY_LENGTH && keyForms(key).some((form) => answer.includes(form))) {
    return true;
  }
  if (attempt.intent !== 'hostile') return false;
  const body = Buffer.from(attempt.request.body).toString('latin1');
  return macForms(body, key).some((form) => answer.includes(form) && !body.includes(form));
};

const INTERNALS = [
  /\n\s+at .+:\d+:\d+/,
  /Traceback \(most recent call last\)/,
  /File ".+", line \d+/,
  /goroutine \d+ \[/,
  /Exception in thread/,
  /[\\/](?:node_modules|site-packages|vendor)[\\/]/,
  /SQLSTATE\[|ORA-\d{5}|sqlite3?\.(?:Operational|Integrity)Error/,
  /PHP (?:Fatal error|Warning)|Stack trace:/,
] as const;

/** What an answer must not say. */
export const leakReviews: readonly ContractCase[] = [
  review({
    slug: 'leaks-no-secret',
    catalogue: 'P50',
    family: 'leaks',
    level: 'must',
    severity: 'critical',
    title: 'does not tell the key or the right signature',
    rule: 'An answer holds no secret.',
    source: 'CVE-2019-7644',
    why: 'An error message that shows the expected signature signs any forgery: the attacker sends it again with that.',
    fix: 'Answer a fixed text; log details on your side.',
    review: ({ attempts, key }) =>
      noneOf(
        attempts,
        attempts.filter((attempt) => leaksSecret(attempt, key)),
        say`no answer with the key or the right MAC`,
      ),
  }),
  review({
    slug: 'leaks-no-internals',
    catalogue: 'P51',
    family: 'leaks',
    level: 'should',
    severity: 'low',
    title: 'does not show its internals',
    rule: 'An answer holds no stack trace, path or SQL.',
    source: 'CWE-209',
    why: 'Stack traces and paths tell a stranger which library to attack.',
    fix: 'Catch the error and answer a fixed text; run in production mode.',
    review: ({ attempts }) =>
      noneOf(
        attempts,
        attempts.filter((attempt) => INTERNALS.some((pattern) => pattern.test(textOf(attempt)))),
        say`no stack trace, path or SQL`,
      ),
  }),
];
