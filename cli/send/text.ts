/** What a run of send says to people, line by line. */
import { visible } from '../../contracts/report/console/page.js';
import { formatTime } from '../../simulator/index.js';
import type { DeliveryPolicy } from '../../simulator/index.js';
import type {
  DisabledHook,
  NextAttempt,
  SendResult,
  SentAttempt,
  SentDelivery,
  WindowFigures,
} from './record.js';
import { inLine } from '../facts.js';
import { terminalOf } from '../terminal.js';
import { plural, say, translate } from '../../language/say.js';

const seconds = (ms: number): string => formatTime(Math.round(ms / 1000) * 1000);

/** `12:03:04`, where this machine is. */
const wallTime = (iso: string): string => new Date(iso).toTimeString().slice(0, 8);

/** Which delivery, what is in it, and that decoded where it is wanted. */
export const describeDelivery = (delivery: SentDelivery, withPayload: boolean): string => {
  const { id, name, copyOf, eventIds, header, payload } = delivery;
  const copy = copyOf === null ? '' : say`  the same as #${copyOf}`;
  const head = `#${id}  ${visible(name)}  ${eventIds.map(visible).join(' ')}${copy}\n`;
  if (!withPayload || copyOf !== null) return head;
  const body = JSON.stringify(payload, null, 2).split('\n').map(visible);
  const { plain } = terminalOf(process.stdout);
  const [headerName, payloadName] = plain
    ? [`${say`header`}: `, `${say`payload`}: `]
    : [`  ${say`header`}   `, `  ${say`payload`}  `];
  return [
    `${head}${headerName}${visible(JSON.stringify(header))}`,
    `${payloadName}${body[0] ?? ''}`,
    ...body.slice(1).map((line) => `  ${line}`),
    '',
  ].join('\n');
};

/** One attempt, what came back, and what comes next. */
export const describeAttempt = (
  { id, name, outcome, next }: SentDelivery,
  attempt: SentAttempt,
  run: { readonly policy: DeliveryPolicy; readonly speed: number; readonly retries: boolean },
): string => {
  const { window, body, detail } = attempt;
  const answer = attempt.status ?? attempt.failure ?? '';
  const words = [
    `+${seconds(attempt.atMs)}`.padEnd(8),
    `#${id} ${visible(name)}`,
    say`attempt ${attempt.attempt} of ${run.policy.attemptsMax}`,
    say`${answer} in ${Math.round(attempt.latencyMs)} ms`,
    withHeadroom(window),
    next === null ? translate(outcome) : describeNext(next, run),
  ];
  const said = [detail, oneLine(body)].filter((text) => text !== null && text !== '');
  return [inLine(words), ...said.map((text) => `          ${visible(text ?? '')}`), ''].join('\n');
};

const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim();

const withHeadroom = (window: WindowFigures): string => {
  const { headroom } = window;
  return `${describeWindow(window)}${headroom === null ? '' : say`, headroom ${headroom}`}`;
};

const describeWindow = ({ failed, total }: WindowFigures): string =>
  say`${failed} of ${total} failed`;

const describeNext = (
  { at, inMs }: NextAttempt,
  { speed, retries }: { readonly speed: number; readonly retries: boolean },
): string => {
  const span = say`in ${seconds(inMs)}`;
  if (!retries) return say`Truora would try again ${span}`;
  return speed === 1
    ? say`again ${span}, at ${wallTime(at)}`
    : say`again ${span} (${formatTime(Math.round(inMs / speed))} here)`;
};

export const describeDisabled = ({ failed, total, atMs }: DisabledHook, stay: boolean): string =>
  `+${seconds(atMs)}`.padEnd(8) +
  (stay
    ? say`  the hook would be disabled now: ${failed} of ${total} attempts failed; going on\n`
    : say`  the hook is disabled now: ${failed} of ${total} attempts failed; what waits is dropped\n`);

export const describeDropped = ({ id, name }: SentDelivery): string =>
  say`          #${id} ${visible(name)}  dropped\n`;

/** How it ended: deliveries, the window, and what would come next. */
export const describeEnd = (result: SendResult): string => {
  const { summary, window, disabled, policy, deliveries } = result;
  const { planned, delivered, exhausted, dropped, attempts, interrupted } = summary;
  const never = planned - deliveries.length;
  const parts = [
    say`${delivered} of ${planned} delivered in ${plural(attempts, 'attempt')}`,
    ...(exhausted > 0 ? [say`${exhausted} given up`] : []),
    ...(dropped > 0 ? [say`${dropped} dropped`] : []),
    ...(summary.open > 0 ? [say`${summary.open} not settled`] : []),
    ...(never > 0 ? [say`${never} never begun`] : []),
  ];
  const lines = [
    `${interrupted ? 'interrupted: ' : ''}${parts.join(', ')}`,
    ...describeWaiting(deliveries),
    say`window of ${formatTime(policy.windowMs)}: ${describeWindow(window)}${describeHeadroom(window, disabled)}`,
  ];
  if (summary.verdict === 'unreached') {
    lines.push(say`nothing was reached: check the URL, and that something listens there`);
  }
  return `\n${lines.join('\n')}\n`;
};

const WAITING_SHOWN = 3;

const describeWaiting = (deliveries: readonly SentDelivery[]): readonly string[] => {
  const waiting = deliveries
    .flatMap(({ id, name, next }) => (next === null ? [] : [{ id, name, ...next }]))
    .toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const rest = waiting.length - WAITING_SHOWN;
  return [
    ...waiting
      .slice(0, WAITING_SHOWN)
      .map(
        ({ id, name, attempt, at }) =>
          say`next: #${id} ${visible(name)}, attempt ${attempt}, at ${wallTime(at)}`,
      ),
    ...(rest > 0 ? [say`      and ${rest} more`] : []),
  ];
};

const describeHeadroom = ({ headroom }: WindowFigures, disabled: DisabledHook | null): string => {
  if (disabled !== null) return say`; the rule disabled the hook at +${seconds(disabled.atMs)}`;
  if (headroom === null) return say`; no rule disables the hook`;
  return say`; ${plural(headroom, 'more failure')} in a row would disable the hook`;
};
