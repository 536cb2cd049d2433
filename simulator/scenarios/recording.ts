/**
 * Recorded traffic: NDJSON, a line an event. Each line has the event's name as `event`, or its
 * `event_type` and `event_action`, and when it happened as `at` (milliseconds or a time such as
 * `90s`) or as `timestamp` (RFC 3339). Timestamps count from the first line's.
 */
import { readFile } from 'node:fs/promises';
import { pairs } from '../catalog/index.js';
import { HookproofError } from '../core/errors.js';
import { describeValue } from '../core/checks.js';
import { timePattern } from '../virtual/units.js';
import { say } from '../../language/say.js';

export interface RecordedEvent {
  readonly at: number | string;
  readonly event: string;
}

const wrongLine = (file: string, line: number, what: string): HookproofError =>
  new HookproofError(
    'invalid_scenario',
    `${file}:${line}: ${what}`,
    say`correct or remove the line`,
  );

const nameOf = (entry: Readonly<Record<string, unknown>>): string | undefined => {
  const { event, event_type: type, event_action: action } = entry;
  if (typeof event === 'string') return event;
  return pairs.find((pair) => pair.eventType === type && pair.action === action)?.name;
};

const parseLine = (file: string, text: string, line: number): Readonly<Record<string, unknown>> => {
  try {
    const entry: unknown = JSON.parse(text);
    if (typeof entry === 'object' && entry !== null) return entry as Record<string, unknown>;
  } catch {
    // Said below, as for what is JSON and no object.
  }
  throw wrongLine(file, line, say`expected a JSON object on a line of its own`);
};

/** @throws {HookproofError} `invalid_argument` for a file that cannot be read, `invalid_scenario`
 *   with the number of a line that is wrong */
export const readRecording = async (file: string): Promise<readonly RecordedEvent[]> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const why = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    throw new HookproofError(
      'invalid_argument',
      say`cannot read the recording ${file}${why}`,
      say`the path counts from the folder of the scenario`,
    );
  });
  let firstMs: number | undefined;
  return text.split('\n').flatMap((content, index): readonly RecordedEvent[] => {
    if (content.trim() === '') return [];
    const line = index + 1;
    const entry = parseLine(file, content, line);
    const event = nameOf(entry);
    if (event === undefined) {
      throw wrongLine(
        file,
        line,
        say`expected "event", or "event_type" and "event_action" together`,
      );
    }
    const { at, timestamp } = entry;
    if (Number.isSafeInteger(at)) return [{ at: at as number, event }];
    if (typeof at === 'string' && timePattern.test(at)) return [{ at, event }];
    const ms = typeof timestamp === 'string' ? Date.parse(timestamp) : Number.NaN;
    if (Number.isNaN(ms)) {
      const found = describeValue(at ?? timestamp);
      throw wrongLine(file, line, say`expected a time as "at" or "timestamp", found ${found}`);
    }
    firstMs ??= ms;
    return [{ at: ms - firstMs, event }];
  });
};
