/** A run of load in words, for a terminal and for logs. */
import { formatTime } from '../../simulator/index.js';
import type { LoadResult, Ramp, RampStep, WindowVerdict } from './record.js';
import { factRow } from '../facts.js';
import { formatCount, formatMs, formatShare } from './units.js';
import { later, say, translate } from '../../language/say.js';

const CLASSES: Readonly<Record<string, string>> = {
  status: later('answered outside 2xx'),
  refused: later('connection refused'),
  reset: later('connection lost before an answer'),
  dns: later('host not found'),
  tls: later('TLS not accepted'),
  'connect-timeout': later('no connection in time'),
  timeout: later('no answer in time'),
  protocol: later('an answer that is no HTTP'),
  abandoned: later('given up behind another on its connection'),
  unsent: later('due, and no connection was ever free for it'),
};

const row = (name: string, text: string): string => factRow(name, text, 12);

/** Whole seconds are enough of what lies minutes ahead. */
const formatSpan = (ms: number): string =>
  formatTime(ms < 60_000 ? ms : Math.round(ms / 1000) * 1000);

export const windowSentences = ({
  failed,
  total,
  inRun,
  forecast,
}: WindowVerdict): readonly string[] => {
  if (forecast === null) return [say`no attempt failed: nothing here disables the hook`];
  const share = formatShare(failed, total);
  const { disabledAfterMs, lookedAheadMs } = forecast;
  const ahead =
    disabledAfterMs === null
      ? say`at this share of failures (${share}) a healthy hook would stay enabled, ${formatSpan(lookedAheadMs)} ahead`
      : say`at this rate and share of failures (${share}) your receiver would be disabled after ${formatSpan(disabledAfterMs)}`;
  if (inRun === null) return [ahead];
  const when = formatSpan(Math.ceil(inRun.atMs));
  const alone = say`had there been nothing before, after ${when} (${inRun.failed} of ${inRun.total} attempts)`;
  return [ahead, alone];
};

const stepText = ({ perSecond, p99Ms, failed, requests, held, behindMs }: RampStep): string => {
  const behind = held || failed > 0 ? '' : say`, fell behind by ${formatMs(behindMs)}`;
  const rate = `${formatCount(perSecond)}/s`.padStart(10);
  return say`${rate}  p99 ${formatMs(p99Ms)}, ${formatShare(failed, requests)} failed or late${behind}`;
};

const rampLines = ({ steps, heldPerSecond, brokenPerSecond }: Ramp): readonly string[] => {
  const held = heldPerSecond === null ? say`no rate` : `${formatCount(heldPerSecond)}/s`;
  const broken =
    brokenPerSecond === null
      ? say`none that was tried broke`
      : say`${formatCount(brokenPerSecond)}/s not`;
  return [
    ...steps.map((step) => row(step.held ? say`held` : say`broken`, stepText(step))),
    row(say`limit`, say`${held} is held, ${broken}`),
  ];
};

const HEADLINES: Readonly<Record<LoadResult['verdict'], string>> = {
  passed: later('PASSED: every delivery was acknowledged in time'),
  failed: later('FAILED: not every delivery was acknowledged in time, and once'),
  unreached: later('NO VERDICT: the receiver was never reached'),
};

const effectsText = ({
  checked,
  oneIn,
  lost,
  duplicated,
}: NonNullable<LoadResult['effects']>): string =>
  say`${formatCount(checked)} looked for${oneIn === 1 ? '' : say` (one in ${oneIn})`}: ` +
  say`${formatCount(lost)} lost, ${formatCount(duplicated)} duplicated`;

/** Where it may be that not the receiver was slow, but the way to it narrow. */
const isCramped = ({ cramped, late, failures, ramp }: LoadResult): boolean =>
  cramped &&
  (late > 0 || (failures['unsent'] ?? 0) > 0 || (ramp !== null && ramp.brokenPerSecond !== null));

export const formatLoad = (result: LoadResult): string => {
  const { latencyMs, failures, effects, ramp, interrupted, policy } = result;
  const pace =
    result.ratePerSecond === null
      ? say`as fast as they are taken`
      : say`at ${formatCount(result.ratePerSecond)}/s, from when each was due`;
  const lines = [
    row(
      say`deliveries`,
      say`${formatCount(result.requests)} in ${formatMs(result.tookMs)}, ${pace}`,
    ),
    row(
      say`throughput`,
      say`${formatCount(result.perSecond)}/s on ${result.connections} connections`,
    ),
    row(
      'latency',
      `p50 ${formatMs(latencyMs.p50)}  p90 ${formatMs(latencyMs.p90)}  p99 ${formatMs(latencyMs.p99)}` +
        `  p99.9 ${formatMs(latencyMs.p999)}  max ${formatMs(latencyMs.max)}`,
    ),
    row(
      'answers',
      Object.entries(result.statuses)
        .map(([status, count]) => `${status}: ${formatCount(count)}`)
        .join('  ') || say`none`,
    ),
    ...Object.entries(failures).map(([name, count]) =>
      row(say`failed`, `${formatCount(count)} ${name}: ${translate(CLASSES[name] ?? name)}`),
    ),
    ...(result.resent > 0
      ? [
          row(
            say`closed`,
            say`by the receiver after an answer, without “Connection: close”: ${formatCount(result.resent)} went again`,
          ),
        ]
      : []),
    ...(result.late > 0
      ? [
          row(
            say`late`,
            say`${formatCount(result.late)} answered after ${formatMs(policy.timeoutMs)}`,
          ),
        ]
      : []),
    ...(isCramped(result)
      ? [
          row(
            say`waited`,
            say`all ${result.connections} connections were busy when some were due: --connections gives more`,
          ),
        ]
      : []),
    ...(effects === null ? [] : [row(say`effects`, effectsText(effects))]),
    ...windowSentences(result.window).map((text, index) =>
      row(index === 0 ? say`the rule` : '', text),
    ),
    ...(ramp === null ? [] : rampLines(ramp)),
    interrupted
      ? say`INTERRUPTED: this is what was measured so far`
      : result.requests === 0
        ? say`NO VERDICT: nothing was delivered in that time`
        : translate(HEADLINES[result.verdict]),
  ];
  return `${lines.join('\n')}\n`;
};
