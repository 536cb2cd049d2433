/** Four verifiers that share no code with what they judge. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createVerifier } from 'fast-jwt';
import { jwtVerify } from 'jose';
import jsonwebtoken from 'jsonwebtoken';
import { NOW_SECONDS } from './capture.js';

/** Reads the claims of a body; rejects where it would refuse it. */
export type Verifier = (text: string, key: string) => Promise<unknown>;

const refuse = (why: string): never => {
  throw new Error(why);
};

/** Decodes canonical base64url and nothing else. */
const decode = (segment: string): Buffer => {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.toString('base64url') === segment ? bytes : refuse('not canonical base64url');
};

const parseObject = (bytes: Buffer): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse('not an object');
};

/** All that the RFCs ask for, by hand. */
const strict: Verifier = async (text, key) => {
  const [, header = '', payload = '', mac = ''] =
    /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(text) ?? refuse('not three segments');
  const { alg, crit, b64, zip } = parseObject(decode(header));
  if (alg !== 'HS256') refuse('another alg');
  if ([crit, b64, zip].some((one) => one !== undefined))
    refuse('a header that changes the meaning');
  const right = createHmac('sha256', key).update(`${header}.${payload}`).digest();
  const given = decode(mac);
  if (given.length !== right.length || !timingSafeEqual(given, right)) refuse('a wrong MAC');
  const claims = parseObject(decode(payload));
  const { exp, nbf } = claims;
  if (exp !== undefined && !(typeof exp === 'number' && exp > NOW_SECONDS)) refuse('expired');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf <= NOW_SECONDS)) refuse('too early');
  return claims;
};

/** What people use, told the algorithm and the time. */
const libraries: Readonly<Record<string, Verifier>> = {
  jsonwebtoken: async (text, key) =>
    jsonwebtoken.verify(text, key, { algorithms: ['HS256'], clockTimestamp: NOW_SECONDS }),
  'fast-jwt': async (text, key) =>
    createVerifier({ key, algorithms: ['HS256'], clockTimestamp: NOW_SECONDS * 1000 })(
      text,
    ) as unknown,
  jose: async (text, key) =>
    (
      await jwtVerify(text, new TextEncoder().encode(key), {
        algorithms: ['HS256'],
        currentDate: new Date(NOW_SECONDS * 1000),
      })
    ).payload,
};

export const verifiers: Readonly<Record<string, Verifier>> = { strict, ...libraries };

/** The ids of the events that a verifier would hand on; none where it refuses. */
export const idsRead = async (verifier: string, text: string, key: string) => {
  const claims = await verifiers[verifier]?.(text, key).catch(() => undefined);
  if (typeof claims !== 'object' || claims === null || !('events' in claims)) return [];
  const { events } = claims;
  return Array.isArray(events) ? events.map((event: { readonly id?: unknown }) => event.id) : [];
};
