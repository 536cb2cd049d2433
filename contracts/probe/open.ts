/** A probe at a URL by itself, for commands that only count. */
import { createHttpTransport } from '../../simulator/index.js';
import type { HttpOptions } from '../../simulator/index.js';
import { createCounter } from './count.js';
import { createHttpProbe } from './http.js';
import type { Probe } from './probe.js';

/**
 * Makes the probe of a URL; nothing is asked yet.
 *
 * @throws {HookproofError} `invalid_argument` for a URL or a JSONPath that is none
 */
export const openUrlProbe = async (
  url: string,
  { countPath, ...http }: HttpOptions & { readonly countPath: string | undefined },
): Promise<Probe> =>
  createHttpProbe(url, {
    transport: createHttpTransport(http),
    counter: await createCounter(countPath),
  });
