/** A forecast as text: a table by rate, a curve, and what it says in plain words. */
import type { Forecast } from '../../simulator/index.js';
import { type Point, drawBars, drawCurve } from '../curve.js';
import { describeForecast } from './forecast-sentences.js';
import { formatCount, formatShare, formatSpan, formatValue } from './forecast-units.js';
import { terminalOf } from '../terminal.js';
import { wrap } from '../wrap.js';
import { say } from '../../language/say.js';

type Cells = readonly string[];

const nameOf = (share: number): string =>
  share === 0 ? say`worst` : share === 0.5 ? say`median` : `${100 * share} %`;

/** The shares of outages of which the table tells how long they may be. */
const columnsOf = ({ arrivals }: Forecast): readonly number[] =>
  arrivals === 'constant' ? [0, 0.5] : [0.01, 0.1, 0.5];

const rowOf = (forecast: Forecast): Cells => {
  const { rate, outage, share, danger, retries, horizonMs } = forecast;
  const beyond = `> ${formatSpan(horizonMs)}`;
  const tolerated = columnsOf(forecast).map((column) => {
    const found = outage?.tolerated.find((one) => one.share === column);
    return found === undefined ? '-' : formatValue(found.ms, formatSpan, beyond);
  });
  return [
    rate,
    ...tolerated,
    formatValue(share.fatal, formatShare, say`none`),
    danger === null ? '-' : formatValue(danger.fullAfterMs, formatSpan, '-'),
    retries === null ? '-' : formatValue(retries.retries, formatCount, '-'),
    retries === null ? '-' : formatValue(retries.perMinuteMost, formatCount, '-'),
  ];
};

const tableOf = (forecasts: readonly Forecast[]): readonly string[] => {
  const [first] = forecasts;
  if (first === undefined) return [];
  const columns = columnsOf(first).map(nameOf);
  const header = [say`RATE`, ...columns, say`share`, say`again`, say`retries`, say`a minute`];
  const rows = forecasts.map(rowOf);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: Cells): string =>
    cells
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('   ')
      .trimEnd();
  const toleratedWidth = widths
    .slice(1, 1 + columns.length)
    .reduce((sum, width) => sum + width + 3, -3);
  const above = (text: string, width: number): string => text.padStart(width);
  const [shareWidth = 0, againWidth = 0, ...afterWidths] = widths.slice(1 + columns.length);
  const afterWidth = afterWidths.reduce((sum, width) => sum + width + 3, -3);
  return [
    [
      ' '.repeat(widths[0] ?? 0),
      above(say`TOLERATED`, toleratedWidth),
      above(say`FATAL`, shareWidth),
      above(say`SAFE`, againWidth),
      above(say`AFTER RECOVERY`, afterWidth),
    ]
      .join('   ')
      .trimEnd(),
    line(header),
    ...rows.map(line),
  ];
};

const barsOf = (forecasts: readonly Forecast[]): readonly string[] => {
  const [first] = forecasts;
  if (first === undefined) return [];
  const columns = columnsOf(first);
  const [low = 0, high = 0.5] = [columns[0], columns.at(-1)];
  return drawBars(
    say`Tolerated outage: ${nameOf(low)} (=) to ${nameOf(high)} (-)`,
    forecasts.map(({ rate, outage, horizonMs }) => {
      const valueOf = (share: number): number | null =>
        outage?.tolerated.find((one) => one.share === share)?.ms.value ?? null;
      const [lowMs, highMs] = [valueOf(low), valueOf(high)];
      const text = (ms: number | null): string => formatSpan(ms ?? horizonMs);
      return {
        label: rate,
        low: outage === null ? 0 : lowMs,
        high: outage === null ? 0 : highMs,
        text:
          outage === null
            ? ''
            : say`${text(lowMs)} to ${highMs === null ? '> ' : ''}${text(highMs)}`,
      };
    }),
    terminalOf(process.stdout).columns,
  );
};

const curvesOf = ({ outage, danger, fluctuation, horizonMs }: Forecast): readonly string[] => {
  const { columns } = terminalOf(process.stdout);
  const probability = formatShare;
  const curves: readonly (readonly string[] | undefined)[] = [
    drawCurve(
      (outage?.curve ?? []).map(({ outageMs, disables }): Point => ({
        x: outageMs,
        y: disables.value,
      })),
      {
        title: say`Probability that an outage of such a length disables the hook`,
        x: formatSpan,
        y: probability,
      },
      columns,
    ),
    drawCurve(
      (danger?.curve ?? []).map(({ afterMs, toleratedMs }): Point => ({
        x: afterMs,
        y: toleratedMs,
      })),
      {
        title: say`Tolerated second outage, by the time since the recovery from the first`,
        x: formatSpan,
        y: formatSpan,
      },
      columns,
    ),
    drawCurve(
      (fluctuation?.curve ?? []).map(({ share, disables }): Point => ({
        x: share,
        y: disables.value,
      })),
      {
        title: say`Probability that such a share of rejected events disables it within ${formatSpan(horizonMs)}`,
        x: formatShare,
        y: probability,
      },
      columns,
    ),
  ];
  return curves.flatMap((curve) => (curve === undefined ? [] : ['', ...curve]));
};

/** The table where it is read aloud, or has no room: a line for each cell. */
const factsOf = (forecasts: readonly Forecast[]): readonly string[] => {
  const [first] = forecasts;
  if (first === undefined) return [];
  const names = [
    say`rate`,
    ...columnsOf(first).map((column) => say`tolerated outage, ${nameOf(column)}`),
    say`fatal share of rejected events`,
    say`time until as long an outage is safe again`,
    say`retries after the recovery`,
    say`most attempts in a minute after the recovery`,
  ];
  return forecasts.flatMap((forecast) => [
    ...rowOf(forecast).map((cell, column) => `${names[column] ?? ''}: ${cell}`),
    '',
  ]);
};

const wrapped = (lines: readonly string[]): readonly string[] =>
  lines.flatMap((line) => wrap(line));

/** The whole text, with a newline at its end; rows that were not reached are left out. */
export const formatForecasts = (forecasts: readonly Forecast[]): string => {
  const [only, ...others] = forecasts;
  if (only === undefined) return '';
  const { plain, tableColumns } = terminalOf(process.stdout);
  const table = tableOf(forecasts);
  const isWide = table.some((line) => line.length > tableColumns);
  if (plain) return [...factsOf(forecasts), ...describeForecast(forecasts), ''].join('\n');
  const drawn = others.length === 0 ? curvesOf(only) : ['', ...barsOf(forecasts)];
  const told = isWide ? wrapped(factsOf(forecasts).slice(0, -1)) : table;
  return [...told, ...drawn, '', ...describeForecast(forecasts), ''].join('\n');
};
