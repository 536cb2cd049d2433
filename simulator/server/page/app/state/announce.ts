/** What changed between two readings of the totals, in a sentence for those who do not see it. */
import type { Totals } from '../../../stand-in.js';
import { countOf } from '../format/numbers.js';

const mailsOf = ({ mails }: Totals): number => mails.sent + mails.waiting;

export const describeChange = (before: Totals, after: Totals): string => {
  const growth = (of: (totals: Totals) => number): number => of(after) - of(before);
  const said = (count: number, words: (count: number) => string): readonly string[] =>
    count > 0 ? [words(count)] : [];
  return [
    ...said(
      growth(({ hooks }) => hooks.disabled),
      (count) => `${countOf(count, 'hook')} disabled`,
    ),
    ...said(
      growth(({ events }) => events),
      (count) => countOf(count, 'new event'),
    ),
    ...said(
      growth(({ attempts }) => attempts.failed),
      (count) => countOf(count, 'failed attempt'),
    ),
    ...said(
      growth(({ deliveries }) => deliveries.delivered),
      (count) => `${count} delivered`,
    ),
    ...said(growth(mailsOf), (count) => countOf(count, 'new e-mail')),
  ].join(', ');
};
