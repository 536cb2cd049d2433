import type { z } from 'zod';
import { nanosecondsPattern } from './dates.js';
import { identifierPattern, type IdPrefix } from './identifiers.js';
import type { Product, Zod } from './product.js';

/** The small schemas that products share. Each takes zod itself: see `Zod`. */

export const identifier = (zod: Zod, prefix: IdPrefix): z.ZodType =>
  zod.string().regex(identifierPattern(prefix));

export const dateTime = (zod: Zod): z.ZodType => zod.string().regex(nanosecondsPattern);

export const country = (zod: Zod): z.ZodType => zod.enum(['BR', 'CL', 'CO', 'MX', 'PE']);

export const text = (zod: Zod): z.ZodType => zod.string().min(1);

export const phoneNumber = (zod: Zod): z.ZodType => zod.string().regex(/^\+[1-9]\d{7,14}$/);

/** A share from 0 to 1, two decimals when generated. */
export const share = (zod: Zod): z.ZodType => zod.number().min(0).max(1);

/** Exactly the status words that are right at an action. */
export const statusAt = (zod: Zod, statuses: Product['statuses'], action: string): z.ZodType =>
  zod.enum(statuses[action] ?? []);
