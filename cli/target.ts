/** What every command that sends needs: the key, and a URL. */
import { HookproofError } from '../simulator/index.js';
import { say } from '../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** The signing key, from its option or the environment; undefined where it is in neither. */
export const givenKey = (option: string | undefined): string | undefined => {
  const key = option ?? process.env['HOOKPROOF_KEY'] ?? '';
  return key === '' ? undefined : key;
};

/** @throws {HookproofError} `invalid_argument` where there is none */
export const requireKey = (option: string | undefined): string => {
  const key = givenKey(option);
  if (key !== undefined) return key;
  throw wrong(say`the signing key is missing`, say`give it with --key or in HOOKPROOF_KEY`);
};

/** @throws {HookproofError} `invalid_argument` for anything but a whole http or https URL */
export const requireReceiverUrl = (url: string): string => {
  const protocol = URL.canParse(url) ? new URL(url).protocol : '';
  if (protocol === 'http:' || protocol === 'https:') return url;
  throw wrong(
    say`'${url}' is no http or https URL`,
    say`write it whole, as http://localhost:3000/hook`,
  );
};
