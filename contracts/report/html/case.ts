/** One case: what was expected, what happened, and every attempt of it. */
import type { AttemptResult, CaseResult } from '../../runner/result.js';
import { codeBlock, escape } from './escape.js';
import { timeline } from './timeline.js';
import { describeBody } from './token.js';

const ATTEMPTS_SHOWN = 12;

const answerOf = ({ status, failure, latencyMs, effects }: AttemptResult): string =>
  [
    status === null ? `no answer (${failure ?? 'unknown'})` : `status ${status}`,
    `${latencyMs} ms`,
    ...(effects === null ? [] : [`${effects} effect${effects === 1 ? '' : 's'}`]),
  ].join(', ');

const headerLines = (headers: readonly (readonly [string, string])[]): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join('\n');

const describeAttempt = (attempt: AttemptResult): string => {
  const { label, intent, transcript } = attempt;
  const { request, response } = transcript;
  return [
    `<details class="attempt"><summary><b>${escape(label)}</b> <span class="quiet">${intent}</span> ${escape(answerOf(attempt))}</summary>`,
    `<h5>Sent</h5>${codeBlock(`${request.method} ${request.url}\n${headerLines(request.headers)}`, 'request')}`,
    describeBody(request.body),
    response === null
      ? '<p>Nothing came back.</p>'
      : `<h5>Came back</h5>${codeBlock(
          `${attempt.status ?? ''}\n${headerLines(response.headers)}\n\n${response.body.text ?? response.body.base64 ?? ''}`.trim(),
          'response',
        )}`,
    '</details>',
  ].join('');
};

/** A case with its attempts; of what passed, the attempts are left out. */
export const describeCase = (one: CaseResult): string => {
  const more = one.attempts.length - ATTEMPTS_SHOWN;
  return [
    `<article class="case" id="case-${escape(one.id.replaceAll('/', '-'))}">`,
    `<h4><code>${escape(one.id)}</code> <span class="quiet">${escape(one.catalogue)}</span></h4>`,
    `<p>${escape(one.title)}.</p>`,
    '<dl>',
    `<dt>Rule</dt><dd>${escape(one.rule)} <span class="quiet">${escape(one.source)}</span></dd>`,
    `<dt>Expected</dt><dd>${escape(one.expected)}</dd>`,
    `<dt>Actual</dt><dd>${escape(one.actual)}</dd>`,
    one.expectation === undefined
      ? ''
      : `<dt>Expected to fail</dt><dd>until ${escape(one.expectation.expires)}: ${escape(one.expectation.reason)}</dd>`,
    `<dt>Again</dt><dd class="again"><code>${escape(one.reproduce)}</code></dd>`,
    '</dl>',
    timeline(one.attempts),
    ...one.attempts.slice(0, ATTEMPTS_SHOWN).map(describeAttempt),
    more > 0 ? `<p class="quiet">and ${more} more attempts, in the JSON report</p>` : '',
    '</article>',
  ].join('');
};
