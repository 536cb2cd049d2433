import { wrong } from './wrong.js';
import { say } from '../../language/say.js';

/** A variable's value; an empty one counts as none, as `docker compose` sets what is not said. */
export const variable = (name: string): string | undefined => {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
};

/**
 * PostgreSQL's address, if one is given.
 *
 * @throws {HookproofError} `invalid_argument` for something else; it may hold a password, and is not
 *   shown
 */
export const databaseUrl = (): string | undefined => {
  const url = variable('DATABASE_URL');
  if (url === undefined || /^postgres(?:ql)?:\/\/./.test(url)) return url;
  throw wrong(
    say`DATABASE_URL is no address of a PostgreSQL database`,
    say`write it as postgres://user:password@host:5432/name`,
  );
};

/** @throws {HookproofError} `invalid_argument` for what is no http or https URL */
export const requireWebUrl = (option: string, url: string): string => {
  if (/^https?:/i.test(url) && URL.canParse(url)) return url;
  throw wrong(say`${option} '${url}' is no http or https URL`, say`write it whole`);
};
