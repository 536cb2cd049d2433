/** The probe of a load run, if one was asked for. */
import { type Probe, openProbe } from '../../contracts/index.js';
import { HookproofError } from '../../simulator/index.js';
import type { HttpOptions } from '../../simulator/index.js';
import type { LoadFlags } from './flags.js';
import { say } from '../../language/say.js';

export interface EffectsProbe {
  readonly probe: Probe;
  readonly asksEach: boolean;
  readonly settleMs: number;
}

export const openEffects = async (
  { probe: url, probeCount, probeSettle }: LoadFlags,
  http: HttpOptions,
): Promise<EffectsProbe | undefined> => {
  if (url === undefined) {
    if (probeCount === undefined) return undefined;
    throw new HookproofError(
      'invalid_argument',
      say`--probe-count has no probe to count in`,
      say`add --probe`,
    );
  }
  const asksEach = /\{(?:eventId|resourceId)\}/.test(url);
  if (!asksEach && probeCount !== undefined) {
    throw new HookproofError(
      'invalid_argument',
      say`--probe-count counts one event, and --probe asks for none`,
      say`put {eventId} into --probe, or drop --probe-count to count ids on its page`,
    );
  }
  return {
    probe: await openProbe(url, { ...http, countPath: probeCount }),
    asksEach,
    settleMs: probeSettle,
  };
};
