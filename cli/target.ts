/** What every command that sends needs: the key, and a URL. */
import { HookproofError } from '../simulator/index.js';
import { say } from '../language/say.js';

const wrong = (message: string, remedy: string): HookproofError =>
  new HookproofError('invalid_argument', message, remedy);

/** The signing key, from its option or the environment; undefined where it is in neither. */
export const givenKey = (option: string | undefined): string | undefined => {
  const key = option ?? process.env['HOOKPROOF_KEY'] ?? '';
  const around = whatIsAround(key);
  if (around !== undefined) {
    process.stderr.write(say`hookproof: the key has ${around} around it, taken as part of it\n`);
  }
  return key === '' ? undefined : key;
};

/** What a file, or a quoted value in one, leaves around a key; the key itself is not told. */
const whatIsAround = (key: string): string | undefined => {
  if (/^[\r\n]|[\r\n]$/.test(key)) return say`a line end`;
  if (key.trim() !== key) return say`white space`;
  return /^(["']).*\1$/.test(key) ? say`quotation marks` : undefined;
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
