/** The page's tables: totals, the reading, and the timeline in buckets. */
import type { DeliveryPolicy } from '../../../core/policy.js';
import type { HookResult, SimulationResult } from '../../result.js';
import { describePolicy } from '../../sentence.js';
import { formatTime } from '../../units.js';
import { type Bucket, coarsened } from '../buckets.js';
import { escape } from '../escape.js';
import type { HookTimeline, Timeline } from '../model.js';
import { countOf, groupsOf } from '../palette.js';
import { widthFor } from '../widths.js';
import { later, say, translate } from '../../../../language/say.js';
import { countedOf, groupTitle, hookTitle, percent, thresholdOf } from '../words.js';

const HOOKS_MOST = 50;
const BUCKETS_MOST = 60;

const row = (head: string, cells: readonly (string | number)[]): string =>
  `<tr><th scope="row">${escape(head)}</th>${cells.map((cell) => `<td class="number">${escape(String(cell))}</td>`).join('')}</tr>`;

const table = (caption: string, heads: readonly string[], rows: readonly string[]): string =>
  [
    `<div class="wide" tabindex="0" role="region" aria-label="${escape(caption)}"><table><caption>${escape(caption)}</caption><thead><tr>`,
    ...heads.map(
      (head, index) =>
        `<th scope="col"${index === 0 ? '' : ' class="number"'}>${escape(head)}</th>`,
    ),
    `</tr></thead><tbody>${rows.join('')}</tbody></table></div>`,
  ].join('');

/** In capitals, as the table for terminals has them. */
const COUNTS = [
  ['attempts', later('ATTEMPTS')],
  ['failed', later('FAILED')],
  ['delivered', later('DELIVERED')],
  ['exhausted', later('EXHAUSTED')],
  ['dropped', later('DROPPED')],
  ['missed', later('MISSED')],
  ['resent', later('RESENT')],
  ['pending', later('PENDING')],
  ['lost', later('LOST')],
  ['mails', later('MAILS')],
] as const satisfies readonly (readonly [keyof HookResult, string])[];

/** A row for each hook, and one of sums. */
export const totalsTable = (result: SimulationResult): string => {
  const { hooks, totals } = result;
  const shown = hooks.slice(0, HOOKS_MOST);
  const rows = shown.map((hook) =>
    row(hookTitle(hook, result), [
      ...COUNTS.map(([count]) => hook[count]),
      hook.disabled.length,
      formatTime(hook.disabledMs),
      hook.headroomMin ?? say`not judged`,
    ]),
  );
  const more = hooks.length - shown.length;
  return [
    table(
      say`Totals`,
      [
        say`Hook`,
        ...COUNTS.map(([, head]) => translate(head).toLowerCase()),
        say`times disabled`,
        say`disabled for`,
        say`least headroom`,
      ],
      [
        ...rows,
        ...(hooks.length > 1
          ? [
              row(say`all`, [
                ...COUNTS.map(([count]) => totals[count]),
                totals.hooksDisabled,
                '',
                '',
              ]),
            ]
          : []),
      ],
    ),
    more > 0 ? `<p class="quiet">${say`${more} more hooks are in the sums only.`}</p>` : '',
    `<p class="quiet">${say`${totals.events} events; ${totals.duplicates} copies that receivers had to discard; ${totals.recovered} events recovered by GET /events.`}</p>`,
  ].join('');
};

const DELAY_FROM: Readonly<Record<DeliveryPolicy['delayFrom'], string>> = {
  'previous-end': later('from the previous end'),
  'previous-start': later('from the previous start'),
  'first-start': later('from the first start'),
};

const readingOf = (policy: DeliveryPolicy): readonly (readonly [string, string])[] => [
  [say`attempts of a delivery`, say`${policy.attemptsMax}, the first included`],
  [
    say`delays between them`,
    `${policy.delaysMs
      .slice(0, policy.attemptsMax - 1)
      .map(formatTime)
      .join(', ')}, ${translate(DELAY_FROM[policy.delayFrom])}`,
  ],
  [say`what fails an attempt`, policy.failureConditions.join(', ')],
  [say`time to answer`, formatTime(policy.timeoutMs)],
  [say`redirects`, say`at most ${policy.redirectsMax}`],
  [say`window`, `${formatTime(policy.windowMs)}, ${policy.window}`],
  [
    say`disabled when`,
    say`more than ${percent(thresholdOf(policy))} of the ${countedOf(policy)} in it failed`,
  ],
  [say`judged from`, say`${policy.attemptsMin} ${countedOf(policy)} in the window`],
  [say`resent by hand`, policy.resendsCounted ? say`counts` : say`does not count`],
  [say`retries of a disabled hook`, policy.onDisable],
  [say`window of a hook enabled again`, policy.onEnable],
  [say`what is disabled`, policy.scope],
];

/** The policy that the result depends on. */
export const readingTable = (policy: DeliveryPolicy): string =>
  `<div class="wide"><table><caption>${say`The reading: ${escape(describePolicy(policy))}`}</caption><tbody>${readingOf(
    policy,
  )
    .map(([head, text]) => `<tr><th scope="row">${escape(head)}</th><td>${escape(text)}</td></tr>`)
    .join('')}</tbody></table></div>`;

const windowCells = ({ last, high }: Bucket): readonly string[] =>
  last === null || high === null
    ? ['', '', '']
    : [
        say`${last.failed} of ${last.total}`,
        percent(last.failed / last.total),
        percent(high.failed / high.total),
      ];

/** What the chart of a hook shows, in words and numbers. */
export const bucketsTable = (
  hook: HookTimeline,
  timeline: Timeline,
  result: SimulationResult,
): string => {
  const spanMs = timeline.untilMs - timeline.fromMs;
  const widthMs = Math.max(timeline.bucketMs, widthFor(spanMs, BUCKETS_MOST));
  const groups = groupsOf(hook);
  const disabled = (fromMs: number): string =>
    hook.spans.some((span) => span.fromMs < fromMs + widthMs && (span.untilMs ?? Infinity) > fromMs)
      ? say`yes`
      : '';
  return table(
    say`${hookTitle(hook, result)}, per ${formatTime(widthMs)}`,
    [
      say`From`,
      ...groups.map(groupTitle),
      say`missed`,
      say`in the window at its end`,
      say`share at its end`,
      say`highest share`,
      say`disabled`,
    ],
    coarsened(hook.buckets, widthMs).map((bucket) =>
      row(formatTime(bucket.fromMs), [
        ...groups.map((group) => countOf(bucket, group)),
        bucket.missed,
        ...windowCells(bucket),
        disabled(bucket.fromMs),
      ]),
    ),
  );
};
