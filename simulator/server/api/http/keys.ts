/** Who may ask: a key for Truora's part, a token for the control API. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { HttpError } from './errors.js';

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in a time that tells nothing of where two texts differ. */
const isSame = (given: string, right: Buffer): boolean => timingSafeEqual(digestOf(given), right);

/**
 * Asks for `Truora-API-Key` (REF). Without a key of its own it takes any that is not empty: a
 * receiver's configuration need not be changed to be tried here (an assumption).
 */
export const askApiKey = (apiKey: string | undefined): MiddlewareHandler => {
  const right = apiKey === undefined ? undefined : digestOf(apiKey);
  return async ({ req }, next) => {
    const given = req.header('truora-api-key') ?? '';
    const isRight = right === undefined ? given.trim() !== '' : isSame(given, right);
    if (isRight) return next();
    throw new HttpError(401, 'unauthorized', 'Unauthorized', 'send Truora-API-Key');
  };
};

/** Asks for the control token, in either of its headers. */
export const askControlToken = (token: string): MiddlewareHandler => {
  const right = digestOf(token);
  return async ({ req }, next) => {
    const [, bearer] = /^bearer +(.*)$/i.exec(req.header('authorization') ?? '') ?? [];
    const given = req.header('x-hookproof-token') ?? bearer;
    if (given !== undefined && isSame(given, right)) return next();
    throw new HttpError(
      401,
      'unauthorized',
      given === undefined ? 'the control API wants its token' : 'this is not the control token',
      'send it as Authorization: Bearer <token>; the log of serve names the file where a drawn one is kept',
      { 'WWW-Authenticate': 'Bearer' },
    );
  };
};
