/** The drill goes on after a reload of the page. */
import type { Drill } from './drill.js';

const NAME = 'hookproof.drill';

export const recallDrill = (): Drill | undefined => {
  const text = sessionStorage.getItem(NAME);
  return text === null ? undefined : (JSON.parse(text) as Drill);
};

export const rememberDrill = (drill: Drill | undefined): void => {
  if (drill === undefined) sessionStorage.removeItem(NAME);
  else sessionStorage.setItem(NAME, JSON.stringify(drill));
};
