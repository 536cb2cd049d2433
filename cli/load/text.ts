/** A run of load in words, for a terminal and for logs. */
import { formatTime } from '../../simulator/index.js';
import type { LoadResult, Ramp, RampStep, WindowVerdict } from './record.js';
import { formatCount, formatMs, formatShare } from './units.js';

const CLASSES: Readonly<Record<string, string>> = {
  status: 'answered outside 2xx',
  refused: 'connection refused',
  reset: 'connection lost before an answer',
  dns: 'host not found',
  tls: 'TLS not accepted',
  'connect-timeout': 'no connection in time',
  timeout: 'no answer in time',
  protocol: 'an answer that is no HTTP',
  abandoned: 'given up behind another on its connection',
  unsent: 'due, and no connection was ever free for it',
};

const row = (name: string, text: string): string => `  ${name.padEnd(12)}${text}`;

/** Whole seconds are enough of what lies minutes ahead. */
const formatSpan = (ms: number): string =>
  formatTime(ms < 60_000 ? ms : Math.round(ms / 1000) * 1000);

export const windowSentences = ({
  failed,
  total,
  inRun,
  forecast,
}: WindowVerdict): readonly string[] => {
  if (forecast === null) return ['no attempt failed: nothing here disables the hook'];
  const share = formatShare(failed, total);
  const { disabledAfterMs, lookedAheadMs } = forecast;
  const ahead =
    disabledAfterMs === null
      ? `at this share of failures (${share}) a healthy hook would stay enabled, ${formatSpan(lookedAheadMs)} ahead`
      : `at this rate and share of failures (${share}) your receiver would be disabled after ${formatSpan(disabledAfterMs)}`;
  if (inRun === null) return [ahead];
  const when = formatSpan(Math.ceil(inRun.atMs));
  const alone = `had there been nothing before, after ${when} (${inRun.failed} of ${inRun.total} attempts)`;
  return [ahead, alone];
};

const stepText = ({ perSecond, p99Ms, failed, requests, held, behindMs }: RampStep): string => {
  const behind = held || failed > 0 ? '' : `, fell behind by ${formatMs(behindMs)}`;
  const rate = `${formatCount(perSecond)}/s`.padStart(10);
  return `${rate}  p99 ${formatMs(p99Ms)}, ${formatShare(failed, requests)} failed or late${behind}`;
};

const rampLines = ({ steps, heldPerSecond, brokenPerSecond }: Ramp): readonly string[] => {
  const held = heldPerSecond === null ? 'no rate' : `${formatCount(heldPerSecond)}/s`;
  const broken =
    brokenPerSecond === null
      ? 'none that was tried broke'
      : `${formatCount(brokenPerSecond)}/s not`;
  return [
    ...steps.map((step) => row(step.held ? 'held' : 'broken', stepText(step))),
    row('limit', `${held} is held, ${broken}`),
  ];
};

const HEADLINES: Readonly<Record<LoadResult['verdict'], string>> = {
  passed: 'PASSED: every delivery was acknowledged in time',
  failed: 'FAILED: not every delivery was acknowledged in time, and once',
  unreached: 'NO VERDICT: the receiver was never reached',
};

const effectsText = ({
  checked,
  oneIn,
  lost,
  duplicated,
}: NonNullable<LoadResult['effects']>): string =>
  `${formatCount(checked)} looked for${oneIn === 1 ? '' : ` (one in ${oneIn})`}: ` +
  `${formatCount(lost)} lost, ${formatCount(duplicated)} duplicated`;

export const formatLoad = (result: LoadResult): string => {
  const { latencyMs, failures, effects, ramp, interrupted, policy } = result;
  const pace =
    result.ratePerSecond === null
      ? 'as fast as they are taken'
      : `at ${formatCount(result.ratePerSecond)}/s, from when each was due`;
  const lines = [
    row('deliveries', `${formatCount(result.requests)} in ${formatMs(result.tookMs)}, ${pace}`),
    row('throughput', `${formatCount(result.perSecond)}/s on ${result.connections} connections`),
    row(
      'latency',
      `p50 ${formatMs(latencyMs.p50)}  p90 ${formatMs(latencyMs.p90)}  p99 ${formatMs(latencyMs.p99)}` +
        `  p99.9 ${formatMs(latencyMs.p999)}  max ${formatMs(latencyMs.max)}`,
    ),
    row(
      'answers',
      Object.entries(result.statuses)
        .map(([status, count]) => `${status}: ${formatCount(count)}`)
        .join('  ') || 'none',
    ),
    ...Object.entries(failures).map(([name, count]) =>
      row('failed', `${formatCount(count)} ${name}: ${CLASSES[name] ?? name}`),
    ),
    ...(result.late > 0
      ? [row('late', `${formatCount(result.late)} answered after ${formatMs(policy.timeoutMs)}`)]
      : []),
    ...(effects === null ? [] : [row('effects', effectsText(effects))]),
    ...windowSentences(result.window).map((text, index) =>
      row(index === 0 ? 'the rule' : '', text),
    ),
    ...(ramp === null ? [] : rampLines(ramp)),
    interrupted ? 'INTERRUPTED: this is what was measured so far' : HEADLINES[result.verdict],
  ];
  return `${lines.join('\n')}\n`;
};
