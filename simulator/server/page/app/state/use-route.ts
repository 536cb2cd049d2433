import { useEffect, useState } from 'preact/hooks';
import { parseRoute, type Route } from '../routes.js';

/** The address, as it changes. */
export const useRoute = (): Route => {
  const [fragment, setFragment] = useState(location.hash);
  useEffect(() => {
    const read = (): void => setFragment(location.hash);
    addEventListener('hashchange', read);
    return () => removeEventListener('hashchange', read);
  }, []);
  return parseRoute(fragment);
};

/** Goes on to another address without a new entry in the history. */
export const replaceRoute = (link: string): void => {
  if (link === location.hash) return;
  history.replaceState(null, '', link);
  dispatchEvent(new HashChangeEvent('hashchange'));
};
