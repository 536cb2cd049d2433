import { InvalidArgumentError } from 'commander';
import { say } from '../language/say.js';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A timer of Node that is to wait longer ends at once. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** `500ms`, `3s`, `2m`, `1h`, or a bare number of seconds; in milliseconds. */
export const parseDuration = (text: string): number => {
  const [, number, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  const ms = Math.round(Number(number) * (UNITS[unit] ?? Number.NaN));
  if (!(ms >= 1)) {
    throw new InvalidArgumentError(say`Expected a duration such as 500ms, 3s or 2m.`);
  }
  if (ms > TIMER_MAX_MS) throw new InvalidArgumentError(say`Expected 24 days (576h) at most.`);
  return ms;
};

const RATE_UNITS: Readonly<Record<string, number>> = { ...UNITS, min: 60_000 };
const EVERY_MIN_MS = 0.001;

/** `200/s`, `10/min`, `1/20s`; milliseconds from one to the next, not rounded. */
export const parseEvery = (text: string): number => {
  const [, number, per = '1', unit = ''] =
    /^(\d+(?:\.\d+)?)\/(\d+(?:\.\d+)?)?(ms|s|min|m|h)$/.exec(text) ?? [];
  const everyMs = ((RATE_UNITS[unit] ?? 0) * Number(per)) / Number(number);
  if (everyMs >= EVERY_MIN_MS && Number.isFinite(everyMs)) return everyMs;
  throw new InvalidArgumentError(say`Expected a rate such as 200/s or 10/min.`);
};

export const wholeNumber =
  (min: number, max: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!/^\d+$/.test(text) || number < min || number > max) {
      throw new InvalidArgumentError(say`Expected a whole number from ${min} to ${max}.`);
    }
    return number;
  };

export const parseSeed = wholeNumber(0, 2 ** 32 - 1);
/** Replications of a simulation. */
export const parseRuns = wholeNumber(1, 1_000_000);
export const parseConcurrency = wholeNumber(1, 256);
export const parsePort = wholeNumber(0, 65_535);

/** Gathers a repeatable option; each value may itself be a comma-separated list. */
export const collect = (value: string, earlier: readonly string[] = []): readonly string[] => [
  ...earlier,
  ...value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
];

/** A media type, with parameters or without. */
export const parseContentType = (text: string): string => {
  if (/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+(?:[ \t]*;[ -~]*)?$/.test(text)) return text;
  throw new InvalidArgumentError(say`Expected a media type such as application/jwt.`);
};

export type Header = readonly [name: string, value: string];

export const collectHeader = (text: string, earlier: readonly Header[] = []): readonly Header[] => {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*([^\r\n]*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(say`Expected 'Name: value'.`);
  }
  return [...earlier, [name, value]];
};

export type Resolution = Readonly<Record<string, string>>;

/** `host:port:address`, as curl's `--resolve`; an IPv6 address may stand in brackets. */
export const collectResolution = (text: string, earlier: Resolution = {}): Resolution => {
  const [, host, port, address] = /^([^:]+):(\d+):\[?([^\]]+)\]?$/.exec(text) ?? [];
  if (host === undefined || port === undefined || address === undefined) {
    throw new InvalidArgumentError(say`Expected host:port:address.`);
  }
  return { ...earlier, [`${host}:${port}`]: address };
};

export interface ReportTarget {
  readonly format: string;
  /** Undefined prints to standard output. */
  readonly file: string | undefined;
}

export const collectReport = (
  text: string,
  earlier: readonly ReportTarget[] = [],
): readonly ReportTarget[] => {
  const at = text.indexOf('=');
  if (at === text.length - 1) throw new InvalidArgumentError('Expected <format>=<file>.');
  const format = at === -1 ? text : text.slice(0, at);
  return [...earlier, { format, file: at === -1 ? undefined : text.slice(at + 1) }];
};

/** Values of a scenario's parameters: `name=value`, repeatable. */
export const collectParameter = (
  text: string,
  earlier: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> => {
  const [, name, value] = /^([\w-]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new InvalidArgumentError(say`Expected name=value.`);
  }
  return { ...earlier, [name]: value };
};

/** A value for a place of what is sent. */
export interface Setting {
  readonly path: string;
  readonly value: unknown;
  /** Whether the value is a text that is read by what stands at its place. */
  readonly isText: boolean;
}

/** `path=text`, or `path:=json` for a value of any kind; repeatable. */
export const collectSetting = (
  text: string,
  earlier: readonly Setting[] = [],
): readonly Setting[] => {
  const [, path, colon, given] = /^([^=]+?)(:?)=([\s\S]*)$/.exec(text) ?? [];
  if (path === undefined || given === undefined) {
    throw new InvalidArgumentError(
      say`Expected path=value, as in events.0.object.status=completed.`,
    );
  }
  if (colon === '') return [...earlier, { path, value: given, isText: true }];
  try {
    return [...earlier, { path, value: JSON.parse(given) as unknown, isText: false }];
  } catch {
    throw new InvalidArgumentError(say`Expected JSON after :=, as in events.0.object:={}.`);
  }
};

/** `real`, or `compressed=60x`; how many times as fast as the wall's the clock runs. */
export const parseClock = (text: string): number => {
  if (text === 'real') return 1;
  const speed = Number(/^compressed=(\d+(?:\.\d+)?)x?$/.exec(text)?.[1]);
  if (speed >= 1 && speed <= 1_000_000) return speed;
  throw new InvalidArgumentError(say`Expected real, or compressed=60x.`);
};

/** `10%` or `0.1`, at most the whole. */
export const parseJitter = (text: string): number => {
  const [, number, percent] = /^(\d+(?:\.\d+)?)(%)?$/.exec(text) ?? [];
  const share = Number(number) / (percent === undefined ? 1 : 100);
  if (share >= 0 && share <= 1) return share;
  throw new InvalidArgumentError(say`Expected a share such as 10% or 0.1.`);
};

/** One of so many equal parts, both counted from 1. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

/** `2/3`: the second of three parts. */
export const parsePart = (text: string): Part => {
  const [, number, of] = (/^([1-9]\d?)\/([1-9]\d?)$/.exec(text) ?? []).map(Number);
  if (number !== undefined && of !== undefined && number <= of) return { number, of };
  throw new InvalidArgumentError(say`Expected a part such as 2/3.`);
};

const SIZES: Readonly<Record<string, number>> = { B: 1, kB: 1e3, MB: 1e6, GB: 1e9 };

/** `512kB`, `10MB`, or a bare number of bytes. */
export const parseSize = (text: string): number => {
  const [, number, unit = 'B'] = /^(\d+(?:\.\d+)?)(B|kB|MB|GB)?$/i.exec(text) ?? [];
  const [, factor] =
    Object.entries(SIZES).find(([name]) => name.toLowerCase() === unit.toLowerCase()) ?? [];
  const bytes = Math.round(Number(number) * (factor ?? Number.NaN));
  if (bytes >= 1) return bytes;
  throw new InvalidArgumentError(say`Expected a size such as 512kB or 10MB.`);
};
