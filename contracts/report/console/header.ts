/** What ran against what, and what the verdict takes for granted. */
import { plural } from '../../runner/judge.js';
import type { ReceiverProfile, RunResult } from '../../runner/result.js';
import { beside, describeDuration } from './page.js';
import type { Page } from './page.js';

const USUAL_CONTENT_TYPE = 'application/jwt';

export const describeHeader = (page: Page, result: RunResult): readonly string[] => {
  const { tool, target, seed, durationMs, cases, problem } = result;
  const row = (label: string, text: string): readonly string[] =>
    beside(page, `  ${label.padEnd(9)}`, text, { label: page.colors.dim });
  return [
    ...beside(
      page,
      '',
      `${tool.name} ${tool.version}: ${plural(cases.length, 'case')}, ${describeDuration(durationMs)}`,
      { text: page.colors.bold },
    ),
    ...row('target', target),
    ...row('seed', String(seed)),
    ...row('effects', describeProbe(result.receiver)),
    ...(problem === null ? row('receiver', describeReceiver(result.receiver)) : []),
    ...row('assumed', describeAssumptions(result)),
  ];
};

const describeProbe = ({ probe, settleMs }: ReceiverProfile): string =>
  probe === null
    ? 'not seen: no probe'
    : `seen by ${probe}, counted after they had ${describeDuration(settleMs)} to settle`;

const describeReceiver = (receiver: ReceiverProfile): string => {
  const { probe, handled, contentType, statusBlind, latestPerResource } = receiver;
  return [
    `${probe === null ? 'acknowledges' : 'applies'} ${plural(handled.length, 'kind')} of event`,
    ...(contentType === USUAL_CONTENT_TYPE ? [] : [`judged with content type ${contentType}`]),
    ...(statusBlind ? ['answers 2xx to everything, so that its status proves nothing'] : []),
    ...(latestPerResource ? ['keeps only the latest event of a resource'] : []),
  ].join('; ');
};

/** Truora states neither; both are inferences, and both are options. */
const describeAssumptions = ({ policy, receiver }: RunResult): string => {
  const key = {
    id: 'events[].id is the key',
    idempotency_key: 'events[].idempotency_key is the key',
    both: 'events[].id and idempotency_key both carry the key',
  }[receiver.keyField];
  return `(INF) an answer within ${describeDuration(policy.timeoutMs)} is in time (--timeout); ${key} (--idempotency-key)`;
};
