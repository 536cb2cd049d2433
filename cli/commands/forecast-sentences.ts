/** What a forecast says in plain words, and what it assumes. */
import type { Forecast } from '../../simulator/index.js';
import { wrap } from '../wrap.js';
import {
  formatCount,
  formatFigure,
  formatShare,
  formatSpan,
  formatValue,
} from './forecast-units.js';
import { say } from '../../language/say.js';

const outageOf = ({ outage, horizonMs }: Forecast): readonly string[] => {
  if (outage === null) return [];
  const beyond = say`more than ${formatSpan(horizonMs)}`;
  const told = outage.tolerated.filter(({ ms, share }) => ms.method !== 'exact' || share !== 0.01);
  const tolerated = told.map(({ share, ms }) => {
    const figure = formatFigure(ms, formatSpan, beyond);
    if (share === 0) return say`${figure} at the worst instant`;
    return say`at ${share === 0.5 ? say`half` : formatShare(share)} of all instants less than ${figure}`;
  });
  const { asked } = outage;
  return [
    say`Tolerated outage: ${tolerated.join(', ')}.`,
    ...(asked === null
      ? []
      : [
          say`An outage of ${formatSpan(asked.outageMs)} disables the hook with a probability of ${formatFigure(asked.disables, formatShare, '-')}.`,
        ]),
  ];
};

const stagesOf = ({ share }: Forecast): string => {
  const stages = share.stages
    .slice(-2)
    .map(({ fatal, fullAfterMs }) => say`${formatShare(fatal)} after ${formatSpan(fullAfterMs)}`);
  return stages.length < 2 ? '' : say` Retries take their time: ${stages.join(', ')}.`;
};

const rejectedOf = (
  { rejected, fluctuation, horizonMs }: Forecast,
  subject: string,
): readonly string[] => {
  if (rejected === null) return [];
  const verdict = rejected.fatal ? say`fatal` : say`not fatal`;
  const said = say`${subject} ${formatShare(rejected.share)} is ${verdict} in the long run`;
  const asked = fluctuation?.asked ?? null;
  if (asked === null) return [`${said}.`];
  const disables = formatFigure(asked.disables, formatShare, '-');
  return [say`${said}, and within ${formatSpan(horizonMs)} with a probability of ${disables}.`];
};

const shareOf = (forecast: Forecast): readonly string[] => {
  const { share, fluctuation, horizonMs } = forecast;
  const { fatal, fraction, counted } = share;
  if (fatal.value === null || fraction === null) {
    return [say`No share of rejected events is fatal.`];
  }
  const { numerator, denominator } = fraction;
  const limits = (fluctuation?.shares ?? []).map(
    ({ probability, share: found }) =>
      say`of ${formatShare(probability)} at ${formatFigure(found, formatShare, say`no share`)}`,
  );
  return [
    say`Fatal share: in the long run more than ${formatShare(fatal.value)} ` +
      say`(${numerator}/${denominator}) of always rejected events disables the hook, as each counts ` +
      say`${formatCount(counted.numerator / counted.denominator)} times.${stagesOf(forecast)}`,
    ...(limits.length === 0
      ? []
      : [
          say`Within ${formatSpan(horizonMs)} chance does it with a probability ${limits.join(', ')}.`,
        ]),
    ...rejectedOf(forecast, say`Rejecting`),
  ];
};

const dangerOf = ({ danger }: Forecast): readonly string[] =>
  danger === null
    ? []
    : [
        say`Danger: after an outage of ${formatSpan(danger.firstMs)} that was just survived, the hook ` +
          say`tolerates half of it again after ${formatValue(danger.halfAfterMs, formatSpan, say`long`)}, ` +
          say`and all of it after ${formatValue(danger.fullAfterMs, formatSpan, say`long`)} (even traffic).`,
      ];

const retriesOf = ({ retries, arrivals }: Forecast): readonly string[] => {
  if (retries === null) return [];
  const { outageMs, disables, perMinuteNormal } = retries;
  const after = say`an outage of ${formatSpan(outageMs)}`;
  if (retries.retries.value === null) {
    return [say`Retries: none are told of, as ${after} disables the hook.`];
  }
  const count = (figure: typeof retries.retries): string => formatFigure(figure, formatCount, '-');
  const survived =
    disables.method === 'exact'
      ? ''
      : say` Medians of the ${formatShare(1 - (disables.value ?? 0))} of runs that survive it.`;
  return [
    say`Retries: after ${after} come ${count(retries.retries)} of them, the last after ` +
      say`${formatFigure(retries.lastAfterMs, formatSpan, '-')}; with fresh events at most ` +
      say`${count(retries.perMinuteMost)} attempts in a minute (normal: ${formatCount(perMinuteNormal)}) ` +
      say`and ${count(retries.perSecondMost)} in a second.${arrivals === 'poisson' ? survived : ''}`,
  ];
};

const assumedBy = ({ policyName, arrivals, seed, horizonMs }: Forecast): string =>
  say`Assumed: policy ${policyName}, ${arrivals === 'poisson' ? 'Poisson' : say`even`} arrivals, seed ` +
  say`${seed}, looking ${formatSpan(horizonMs)} ahead; an outage refuses connections, and answers take ` +
  say`no time.`;

/** How many runs the figures rest on, least and most. */
const runsOf = (forecasts: readonly Forecast[]): string => {
  const runs = forecasts
    .flatMap(({ outage, fluctuation, retries }) => [
      outage?.tolerated.at(-1)?.ms,
      fluctuation?.shares.at(-1)?.share,
      retries?.disables,
    ])
    .flatMap((figure) => (figure?.method === 'simulated' ? [figure.runs] : []));
  if (runs.length === 0) return say`All figures are exact.`;
  const [least, most] = [Math.min(...runs), Math.max(...runs)];
  return (
    say`Simulated from ${least === most ? least : say`${least} to ${most}`} runs; ` +
    say`brackets hold the true figure with 95 % confidence.`
  );
};

/** How a table of several rates is to be read. */
const legendOf = ({ arrivals }: Forecast): readonly string[] => [
  say`TOLERATED: an outage that is no longer disables the hook neither during it nor later: at ${
    arrivals === 'constant'
      ? say`the worst instant, and at half of all`
      : say`all but 1 % of all instants, all but 10 %, half of them`
  }.`,
  say`FATAL: a larger share of always rejected events disables the hook in the long run.`,
  say`SAFE: after an outage that was just survived, when another as long is tolerated again (even ` +
    say`traffic). AFTER RECOVERY: retries, and the most attempts in a minute.`,
  say`One --rate alone tells the intervals; so does --json.`,
];

/** A paragraph an answer for one rate; for several, how to read the table. What is assumed, last. */
export const describeForecast = (forecasts: readonly Forecast[]): readonly string[] => {
  const [first, ...others] = forecasts;
  if (first === undefined) return [];
  const answers =
    others.length > 0
      ? [
          ...legendOf(first),
          ...forecasts.flatMap((one) => rejectedOf(one, say`At ${one.rate} rejecting`)),
        ]
      : [...outageOf(first), ...shareOf(first), ...dangerOf(first), ...retriesOf(first)];
  const partial = forecasts.every(({ complete }) => complete)
    ? []
    : [say`Partial: it was interrupted, and the figures are of the runs that were made.`];
  return [...answers, assumedBy(first), runsOf(forecasts), ...partial].flatMap((sentence) =>
    wrap(sentence),
  );
};
