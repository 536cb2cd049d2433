import { pino } from 'pino';
import type { Log } from './options.js';

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface LogOptions {
  readonly level: LogLevel;
  /** JSON lines for programs, or lines for people. */
  readonly form: 'json' | 'lines';
  readonly write: (line: string) => void;
}

/** Nobody logs these on purpose; should someone pass a whole object, they stay out all the same. */
const SECRETS = ['key', 'signingKey', 'signing_key', 'token', 'secret', 'authorization', 'body'];

/** Where a process says what it does; names that hold secrets are never written out. */
export const createLog = ({ level, form, write }: LogOptions): Log => {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { error: inShort },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '…' },
    },
    { write: form === 'json' ? write : (line) => write(forPeople(line)) },
  );
  return {
    debug: (facts, message) => logger.debug(facts, message),
    info: (facts, message) => logger.info(facts, message),
    warn: (facts, message) => logger.warn(facts, message),
    error: (facts, message) => logger.error(facts, message),
  };
};

/** A driver's error carries its connection, and with it the way in: only its words are told. */
const inShort = (error: unknown): object => {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as NodeJS.ErrnoException;
  return { ...(code !== undefined && { code }), message: error.message };
};

/** `21:09:10 warn  the hook was disabled  hook=HOK… failed=9`. */
const forPeople = (line: string): string => {
  const { level, time, msg, ...facts } = JSON.parse(line) as Record<string, unknown>;
  const told = Object.entries(facts).map(
    ([name, value]) => `  ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return `${String(time).slice(11, 19)} ${String(level).padEnd(5)} ${String(msg)}${told.join('')}\n`;
};
