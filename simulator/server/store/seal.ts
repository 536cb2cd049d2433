/** Signing keys at rest: as they are, or encrypted where there is a secret. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { say } from '../../../language/say.js';
import { HookproofError } from '../../core/errors.js';

export interface Seal {
  readonly close: (text: string) => string;
  readonly open: (sealed: string) => string;
  /** A known text under the secret; null where there is none. */
  readonly proof: () => string | null;
}

const MARK = 'v1:';
const KNOWN = 'hookproof';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM under a key that scrypt makes of the secret; without a secret, the text itself. */
export const createSeal = (secret: string | undefined): Seal => {
  if (secret === undefined || secret === '') {
    return { close: (text) => text, open: (text) => text, proof: () => null };
  }
  const key = scryptSync(secret, 'hookproof signing keys', 32);
  const close = (text: string): string => {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return MARK + Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  };
  const open = (sealed: string): string => {
    const bytes = Buffer.from(sealed.slice(MARK.length), 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    const body = bytes.subarray(IV_BYTES + TAG_BYTES);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  };
  return { close, open, proof: () => close(KNOWN) };
};

/**
 * Holds a secret against what a store was written with.
 *
 * @throws {HookproofError} `invalid_argument` when it is another one, or one too many or too few
 */
export const checkSeal = (seal: Seal, proof: string | null): void => {
  const refuse = (what: string): never => {
    throw new HookproofError(
      'invalid_argument',
      say`the signing keys are encrypted: ${what}`,
      say`set HOOKPROOF_SECRET to the secret that the store was made with`,
    );
  };
  const isSealing = seal.proof() !== null;
  if (proof === null) {
    if (!isSealing) return;
    throw new HookproofError(
      'invalid_argument',
      say`the signing keys of this store are not encrypted, and a secret is set`,
      say`unset HOOKPROOF_SECRET, or begin with a store of its own`,
    );
  }
  if (!isSealing) return refuse(say`no secret is set`);
  try {
    seal.open(proof);
  } catch {
    refuse(say`the secret is another one`);
  }
};
