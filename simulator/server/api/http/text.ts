/** Texts and times that come from outside. */
import { z } from '@hono/zod-openapi';
import { durationPattern, parseTime } from '../../../core/times.js';

/** PostgreSQL stores neither a zero character nor half of a surrogate pair. */
const isStorable = (text: string): boolean => !/[\0\p{Surrogate}]/u.test(text);

/** What a receiver, or we ourselves, would fall over: objects of Truora's are a few levels deep. */
const DEPTH_MAX = 100;

const isShallow = (value: unknown, depth = 0): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  return depth < DEPTH_MAX && Object.values(value).every((member) => isShallow(member, depth + 1));
};

/** Whether a value holds such texts only, its names included. */
const holdsStorable = (value: unknown): boolean => {
  if (typeof value === 'string') return isStorable(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, member]) => isStorable(name) && holdsStorable(member));
};

const STORABLE = 'expected text without zero characters and broken surrogates';

export const text = (lengthMax: number) =>
  z.string().min(1).max(lengthMax).refine(isStorable, STORABLE);

export const json = z
  .unknown()
  .refine((value) => isShallow(value), {
    error: `expected no more than ${DEPTH_MAX} levels of lists and objects`,
    abort: true,
  })
  .refine(holdsStorable, STORABLE);

const YEAR_MS = 365 * 86_400_000;

/** `90s`, `2h`, `1h30m`; in milliseconds, a year at most. */
export const duration = z
  .string()
  .max(100)
  .regex(durationPattern, 'expected a duration such as 90s, 2h or 1h30m')
  .refine((given) => parseTime(given) <= YEAR_MS, 'expected a duration of 365d at most')
  .openapi({ example: '2h' });

export const durationMs = z.int().min(0).max(YEAR_MS);

/** Leaves out what is undefined, which is how the stand-in's types want it. */
export const defined = <Value extends object>(
  value: Value,
): { [Name in keyof Value]: Exclude<Value[Name], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [Name in keyof Value]: Exclude<Value[Name], undefined>;
  };
