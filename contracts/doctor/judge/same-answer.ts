import type { Reply, RouteSeen } from '../seen.js';

/** A path that no receiver has. */
export const NOWHERE = '/hookproof-doctor-asks-for-a-path-that-no-one-has';

export const isMissing = ({ status }: Reply): boolean => status === 404 || status === 410;

/** What an answer says, whatever path and method it repeats. */
export const essenceOf = ({ status, text }: Reply, path: string): string =>
  `${status ?? 'none'} ${text.replaceAll(path, '…').replaceAll(/\b(?:GET|POST|OPTIONS)\b/g, '…')}`;

/** Whether a 404 is that of a server that knows no such path, or a receiver's own refusal. */
export const knowsNoSuchPath = ({ junk, nowhere }: RouteSeen, path: string): boolean =>
  nowhere !== undefined && essenceOf(junk, path) === essenceOf(nowhere, NOWHERE);
