/** What ran against what, and what the verdict takes for granted. */
import type { ReceiverProfile, RunResult } from '../../runner/result.js';
import { beside, describeDuration } from './page.js';
import type { Page } from './page.js';
import { plural, say } from '../../../language/say.js';

const USUAL_CONTENT_TYPE = 'application/jwt';

export const describeHeader = (page: Page, result: RunResult): readonly string[] => {
  const { tool, target, seed, durationMs, cases, problem } = result;
  const labels = {
    target: say`target`,
    seed: say`seed`,
    effects: say`effects`,
    receiver: say`receiver`,
    assumed: say`assumed`,
  };
  const labelWidth = Math.max(...Object.values(labels).map(({ length }) => length)) + 1;
  const row = (label: string, text: string): readonly string[] =>
    beside(page, `  ${label.padEnd(labelWidth)}`, text, { label: page.colors.dim });
  return [
    ...beside(
      page,
      '',
      `${tool.name} ${tool.version}: ${plural(cases.length, 'case')}, ${describeDuration(durationMs)}`,
      { text: page.colors.bold },
    ),
    ...row(labels.target, target),
    ...row(labels.seed, String(seed)),
    ...row(labels.effects, describeProbe(result.receiver)),
    ...(problem === null ? row(labels.receiver, describeReceiver(result.receiver)) : []),
    ...row(labels.assumed, describeAssumptions(result)),
  ];
};

const describeProbe = ({ probe, settleMs }: ReceiverProfile): string =>
  probe === null
    ? say`not seen: no probe`
    : say`seen by ${probe}, counted after they had ${describeDuration(settleMs)} to settle`;

const describeReceiver = (receiver: ReceiverProfile): string => {
  const { probe, handled, contentType, statusBlind, latestPerResource } = receiver;
  return [
    say`${probe === null ? say`acknowledges` : say`applies`} ${plural(handled.length, 'kind')} of event`,
    ...(contentType === USUAL_CONTENT_TYPE ? [] : [say`judged with content type ${contentType}`]),
    ...(statusBlind ? [say`answers 2xx to everything, so that its status proves nothing`] : []),
    ...(latestPerResource ? [say`keeps only the latest event of a resource`] : []),
  ].join('; ');
};

/** Truora states neither; both are inferences, and both are options. */
const describeAssumptions = ({ policy, receiver }: RunResult): string => {
  const key = {
    id: say`events[].id is the key`,
    idempotency_key: say`events[].idempotency_key is the key`,
    both: say`events[].id and idempotency_key both carry the key`,
  }[receiver.keyField];
  return say`(INF) an answer within ${describeDuration(policy.timeoutMs)} is in time (--timeout); ${key} (--idempotency-key)`;
};
