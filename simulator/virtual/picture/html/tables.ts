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
import { hookTitle, percent, thresholdOf } from '../words.js';

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

const COUNTS = [
  'attempts',
  'failed',
  'delivered',
  'exhausted',
  'dropped',
  'missed',
  'resent',
  'pending',
  'lost',
  'mails',
] as const satisfies readonly (keyof HookResult)[];

/** A row for each hook, and one of sums. */
export const totalsTable = (result: SimulationResult): string => {
  const { hooks, accounts, totals } = result;
  const shown = hooks.slice(0, HOOKS_MOST);
  const rows = shown.map((hook) =>
    row(accounts > 1 ? `${hook.hook} (account ${hook.account})` : hook.hook, [
      ...COUNTS.map((count) => hook[count]),
      hook.disabled.length,
      formatTime(hook.disabledMs),
      hook.headroomMin ?? 'not judged',
    ]),
  );
  const more = hooks.length - shown.length;
  return [
    table(
      'Totals',
      ['Hook', ...COUNTS, 'times disabled', 'disabled for', 'least headroom'],
      [
        ...rows,
        ...(hooks.length > 1
          ? [row('all', [...COUNTS.map((count) => totals[count]), totals.hooksDisabled, '', ''])]
          : []),
      ],
    ),
    more > 0 ? `<p class="quiet">${more} more hooks are in the sums only.</p>` : '',
    `<p class="quiet">${totals.events} events; ${totals.duplicates} copies that receivers had to discard; ${totals.recovered} events recovered by GET /events.</p>`,
  ].join('');
};

const readingOf = (policy: DeliveryPolicy): readonly (readonly [string, string])[] => [
  ['attempts of a delivery', `${policy.attemptsMax}, the first included`],
  [
    'delays between them',
    `${policy.delaysMs
      .slice(0, policy.attemptsMax - 1)
      .map(formatTime)
      .join(', ')}, from the ${policy.delayFrom.replace('-', ' ')}`,
  ],
  ['what fails an attempt', policy.failureConditions.join(', ')],
  ['time to answer', formatTime(policy.timeoutMs)],
  ['redirects', `at most ${policy.redirectsMax}`],
  ['window', `${formatTime(policy.windowMs)}, ${policy.window}`],
  [
    'disabled when',
    `more than ${percent(thresholdOf(policy))} of the ${policy.counted} in it failed`,
  ],
  ['judged from', `${policy.attemptsMin} ${policy.counted} in the window`],
  ['resent by hand', policy.resendsCounted ? 'counts' : 'does not count'],
  ['retries of a disabled hook', policy.onDisable],
  ['window of a hook enabled again', policy.onEnable],
  ['what is disabled', policy.scope],
];

/** The policy that the result depends on. */
export const readingTable = (policy: DeliveryPolicy): string =>
  `<div class="wide"><table><caption>The reading: ${escape(describePolicy(policy))}</caption><tbody>${readingOf(
    policy,
  )
    .map(([head, text]) => `<tr><th scope="row">${escape(head)}</th><td>${escape(text)}</td></tr>`)
    .join('')}</tbody></table></div>`;

const windowCells = ({ last, high }: Bucket): readonly string[] =>
  last === null || high === null
    ? ['', '', '']
    : [
        `${last.failed} of ${last.total}`,
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
      ? 'yes'
      : '';
  return table(
    `${hookTitle(hook, result)}, per ${formatTime(widthMs)}`,
    [
      'From',
      ...groups.map(({ label, failed }) => (failed ? `${label} (failed)` : label)),
      'missed',
      'in the window at its end',
      'share at its end',
      'highest share',
      'disabled',
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
