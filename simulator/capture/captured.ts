/** One captured delivery: a line of NDJSON. It holds no signature and no key. */
import { HookproofError } from '../core/errors.js';
import { say } from '../../language/say.js';

/** A request as it is kept, without what lets somebody in. */
export interface CapturedDelivery {
  readonly hookproof: 'capture';
  readonly schemaVersion: 1;
  /** RFC 3339, when its last byte was there. */
  readonly at: string;
  /** Of the connection; a proxy's, where one is between. */
  readonly family: 'IPv4' | 'IPv6' | 'unknown';
  readonly httpVersion: string;
  readonly method: string;
  /** Values of a query are left out. */
  readonly path: string;
  /** As they came, in order; what lets somebody in is left out. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Bytes of the body that came. */
  readonly bytes: number;
  /** What the body was: `cut` where the sender went away before its end. */
  readonly body: 'token' | 'json' | 'other' | 'empty' | 'too-large' | 'cut';
  /** The token's header; null where there is no token. */
  readonly header: Readonly<Record<string, unknown>> | null;
  /** The token's payload, or the JSON; null where there is neither. */
  readonly payload: unknown;
  /** Whether personal values were replaced in the payload. */
  readonly redacted: boolean;
  readonly signature: 'fits' | 'does-not-fit' | 'not-checked' | null;
  /** The status it was answered with; null where there was nobody left to answer. */
  readonly answered: number | null;
}

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

const isLine = (value: unknown): value is { readonly schemaVersion?: unknown } =>
  typeof value === 'object' &&
  value !== null &&
  'hookproof' in value &&
  value.hookproof === 'capture' &&
  'headers' in value &&
  Array.isArray(value.headers);

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
};

/** Whether a text begins as a capture does. */
export const isCapture = (text: string): boolean => {
  const end = text.indexOf('\n');
  return isLine(parse(end === -1 ? text : text.slice(0, end)));
};

/**
 * The deliveries of a capture file. A last line that a killed process left half written is passed
 * over.
 *
 * @throws {HookproofError} `invalid_argument` for any other line that is no captured delivery
 */
export const parseCaptures = (text: string, name: string): readonly CapturedDelivery[] => {
  const lines = text.split('\n');
  return lines.flatMap((content, index) => {
    if (content.trim() === '') return [];
    const line = parse(content);
    if (line === undefined && index === lines.length - 1) return [];
    if (!isLine(line)) {
      throw wrong(
        say`${name}:${index + 1} is no captured delivery`,
        say`hookproof capture writes them`,
      );
    }
    if (line.schemaVersion !== 1) {
      throw wrong(
        say`${name}:${index + 1} has a schemaVersion that is not 1`,
        say`use the hookproof that wrote it`,
      );
    }
    return [line as CapturedDelivery];
  });
};
