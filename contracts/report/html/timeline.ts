/** A case's attempts over time, as a picture. */
import type { AttemptResult } from '../../runner/result.js';
import { plural, say } from '../../../language/say.js';
import { escape } from './escape.js';

const WIDTH = 640;
const LABEL = 190;
const ROW = 20;
const SHOWN_MOST = 24;
const BAR_LEAST = 3;

const outcomeOf = ({ status, failure, effects }: AttemptResult): string => {
  const answer = status === null ? (failure ?? say`no answer`) : String(status);
  return effects === null ? answer : `${answer}, ${plural(effects, 'effect')}`;
};

const kindOf = ({ status }: AttemptResult): string => {
  if (status === null) return 'none';
  return status < 300 ? 'taken' : 'refused';
};

/** An SVG of bars, one an attempt; nothing for a single attempt. */
export const timeline = (attempts: readonly AttemptResult[]): string => {
  if (attempts.length < 2) return '';
  const shown = attempts.slice(0, SHOWN_MOST);
  const startMs = Math.min(...shown.map(({ atMs }) => atMs));
  const endMs = Math.max(...shown.map(({ atMs, latencyMs }) => atMs + latencyMs), startMs + 1);
  const scale = (ms: number): number =>
    LABEL + ((ms - startMs) / (endMs - startMs)) * (WIDTH - LABEL - 130);
  const rows = shown.map((attempt, index) => {
    const x = scale(attempt.atMs);
    const width = Math.max(BAR_LEAST, scale(attempt.atMs + attempt.latencyMs) - x);
    const y = index * ROW;
    return [
      `<text x="0" y="${y + 14}">${escape(attempt.label.slice(0, 30))}</text>`,
      `<rect class="${kindOf(attempt)}" x="${x.toFixed(1)}" y="${y + 4}" width="${width.toFixed(1)}" height="12" rx="2"/>`,
      `<text x="${(x + width + 6).toFixed(1)}" y="${y + 14}">${escape(outcomeOf(attempt))}</text>`,
    ].join('');
  });
  const height = shown.length * ROW + 22;
  const more = attempts.length - shown.length;
  return [
    `<figure><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${say`${attempts.length} attempts over ${Math.round(endMs - startMs)} ms`}">`,
    ...rows,
    `<text class="axis" x="${LABEL}" y="${height - 4}">0 ms</text>`,
    `<text class="axis" x="${scale(endMs).toFixed(1)}" y="${height - 4}" text-anchor="end">${Math.round(endMs - startMs)} ms</text>`,
    '</svg>',
    more > 0 ? `<figcaption>${say`and ${more} more attempts`}</figcaption>` : '',
    '</figure>',
  ].join('');
};
