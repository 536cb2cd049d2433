/** How long answers take, in whole milliseconds, by chance that needs no memory. */
import { draw, toUnit } from './chance.js';
import type { Latency } from './scenario.js';
import { type Path, wrongScenario } from './scenario-errors.js';
import { parseTime } from './units.js';
import { say } from '../../language/say.js';

/** z of the 99th percentile of the normal distribution. */
const Z99 = 2.3263478740408408;

/** How long the answer to an attempt of an event takes. */
export type DurationOf = (event: number, attempt: number) => number;

export const createDuration = (latency: Latency, seed: number, path: Path): DurationOf => {
  if (typeof latency !== 'object') {
    const ms = parseTime(latency);
    return () => ms;
  }
  if ('min' in latency) {
    const minMs = parseTime(latency.min);
    const spanMs = parseTime(latency.max) - minMs + 1;
    if (spanMs < 1) throw wrongScenario([...path, 'max'], say`at least "min"`, latency.max);
    return (event, attempt) => minMs + Math.floor(toUnit(draw(seed, event, attempt)) * spanMs);
  }
  const medianMs = parseTime(latency.median);
  const p99Ms = parseTime(latency.p99);
  if (medianMs < 1 || p99Ms < medianMs) {
    throw wrongScenario(
      [...path, 'p99'],
      say`at least "median", which is at least 1ms`,
      latency.p99,
    );
  }
  const sigma = Math.log(p99Ms / medianMs) / Z99;
  return (event, attempt) => {
    // Box and Muller's normal number, of two numbers in (0, 1].
    const radius = Math.sqrt(-2 * Math.log(1 - toUnit(draw(seed, event, attempt))));
    const angle = 2 * Math.PI * toUnit(draw(seed, event, attempt + 0x10000));
    return Math.round(medianMs * Math.exp(sigma * radius * Math.cos(angle)));
  };
};
