import { createWithhold, keyForms, macForms, signDelivery } from '../../simulator/index.js';
import type { Body } from './body.js';

/** The header of what `signDelivery` signs (OBS). */
const HEADER = { alg: 'HS256', typ: 'JWT' };

/** What a delivery's token says of itself. */
export const headerOf = ({ token }: Body): Readonly<Record<string, unknown>> => {
  if (token === undefined) return HEADER;
  try {
    const text = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
};

/** Signs each attempt anew, issued when it leaves, unless the body says when it was (INF). */
export const createSign =
  (key: string) =>
  ({ claims, isIssued, token }: Body): string => {
    if (token !== undefined) return token;
    const iat = Math.floor(Date.now() / 1000);
    return signDelivery(isIssued ? claims : { ...claims, iat }, key);
  };

const EXCERPT_CHARACTERS = 200;
const HIDDEN = '…';
/** Shorter keys occur in honest texts by chance, and are no secret. */
const TELLING_KEY_LENGTH = 8;

/** The beginning of an answer; a receiver may have echoed the key or the token. */
export const createExcerpt = (key: string) => {
  const withhold = createWithhold(key);
  const forms = key.length < TELLING_KEY_LENGTH ? [] : keyForms(key);
  return (answer: Uint8Array, sent: string): string => {
    const text = Buffer.from(answer).toString();
    const clean = [...forms, ...macForms(sent, key), sent.split('.')[2] ?? '']
      .filter((secret) => secret !== '')
      .reduce((left, secret) => left.replaceAll(secret, HIDDEN), text);
    const kept = Array.from(withhold(clean) ?? clean);
    return kept.length <= EXCERPT_CHARACTERS
      ? kept.join('')
      : `${kept.slice(0, EXCERPT_CHARACTERS).join('')}${HIDDEN}`;
  };
};
