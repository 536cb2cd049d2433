/** The control token: from the address into this tab's memory, and out of the address. */
import { linkTo, tokenIn } from '../routes.js';

const NAME = 'hookproof.token';

/** What this tab was opened with, or has kept. */
export const takeToken = (): string | undefined => {
  const token = tokenIn(location.hash);
  if (token === undefined) return sessionStorage.getItem(NAME) ?? undefined;
  sessionStorage.setItem(NAME, token);
  history.replaceState(null, '', linkTo('hooks'));
  return token;
};

export const keepToken = (token: string): void => sessionStorage.setItem(NAME, token);

export const forgetToken = (): void => sessionStorage.removeItem(NAME);
