/** One case: what was expected, what happened, and every attempt of it. */
import type { AttemptResult, CaseResult } from '../../runner/result.js';
import { plural, say, translate } from '../../../language/say.js';
import { codeBlock, escape } from './escape.js';
import { timeline } from './timeline.js';
import { describeBody } from './token.js';

const ATTEMPTS_SHOWN = 12;

const answerOf = ({ status, failure, latencyMs, effects }: AttemptResult): string =>
  [
    status === null ? say`no answer (${failure ?? say`unknown`})` : say`status ${status}`,
    `${latencyMs} ms`,
    ...(effects === null ? [] : [plural(effects, 'effect')]),
  ].join(', ');

const headerLines = (headers: readonly (readonly [string, string])[]): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join('\n');

const describeAttempt = (attempt: AttemptResult): string => {
  const { label, intent, transcript } = attempt;
  const { request, response } = transcript;
  return [
    `<details class="attempt"><summary><b>${escape(label)}</b> <span class="quiet">${translate(intent)}</span> ${escape(answerOf(attempt))}</summary>`,
    `<h5>${say`Sent`}</h5>${codeBlock(`${request.method} ${request.url}\n${headerLines(request.headers)}`, say`request`)}`,
    describeBody(request.body),
    response === null
      ? `<p>${say`Nothing came back.`}</p>`
      : `<h5>${say`Came back`}</h5>${codeBlock(
          `${attempt.status ?? ''}\n${headerLines(response.headers)}\n\n${response.body.text ?? response.body.base64 ?? ''}`.trim(),
          say`response`,
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
    `<dt>${say`Rule`}</dt><dd>${escape(one.rule)} <span class="quiet">${escape(one.source)}</span></dd>`,
    `<dt>${say`Expected`}</dt><dd>${escape(one.expected)}</dd>`,
    `<dt>${say`Actual`}</dt><dd>${escape(one.actual)}</dd>`,
    one.expectation === undefined
      ? ''
      : `<dt>${say`Expected to fail`}</dt><dd>${say`until ${escape(one.expectation.expires)}: ${escape(one.expectation.reason)}`}</dd>`,
    `<dt>${say`Again`}</dt><dd class="again"><code>${escape(one.reproduce)}</code></dd>`,
    '</dl>',
    timeline(one.attempts),
    ...one.attempts.slice(0, ATTEMPTS_SHOWN).map(describeAttempt),
    more > 0 ? `<p class="quiet">${say`and ${more} more attempts, in the JSON report`}</p>` : '',
    '</article>',
  ].join('');
};
