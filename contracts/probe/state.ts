import { HookproofError } from '../../simulator/index.js';
import type { TruoraEvent } from '../../simulator/index.js';
import { compilePath, parseJson } from './count.js';
import type { Probe, ProbeQuery } from './probe.js';
import { say } from '../../language/say.js';

/** Reads the state of an event's resource, as JSON text; undefined where none is shown. */
export type StateReader = (query: ProbeQuery) => Promise<string | undefined>;

/** A state in this process: a query on the test's own database, say. */
export type StateFunction = (event: TruoraEvent) => unknown;

/**
 * The state found by a JSONPath in what a probe answers.
 *
 * @throws {HookproofError} `invalid_argument` where the path is no JSONPath
 */
export const createStateReader = async (probe: Probe, path: string): Promise<StateReader> => {
  const query = await compilePath(path, '--state');
  return async (asked) => {
    const { text } = await probe.ask(asked);
    const document = parseJson(text);
    if (document === undefined) return undefined;
    const found = query.query(document as Parameters<typeof query.query>[0]).values();
    return found.length === 0 ? undefined : JSON.stringify(found.length === 1 ? found[0] : found);
  };
};

export const createStateFunctionReader =
  (state: StateFunction): StateReader =>
  async ({ event }) => {
    try {
      const found = await state(event);
      return found === undefined || found === null ? undefined : JSON.stringify(found);
    } catch (error) {
      throw new HookproofError(
        'probe_failed',
        say`the state function threw: ${error instanceof Error ? error.message : String(error)}`,
        say`return the state of the event’s resource`,
      );
    }
  };
