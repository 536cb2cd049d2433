/** Finds the rate at which acknowledgements leave the timeout: doubles it until it is too high, then halves the gap. */
import type { Ramp, RampStep } from './record.js';

/** Where the search ends: the lowest rate that broke is at most so many times the highest that held. */
const CLOSE_ENOUGH = 1.1;
/** No sender makes more on one thread. */
const PER_SECOND_MAX = 100_000;

/** @param play plays one rate; undefined ends the search, with what was found by then */
export const findLimit = async (
  fromPerSecond: number,
  play: (perSecond: number) => Promise<RampStep | undefined>,
): Promise<Ramp> => {
  const steps: RampStep[] = [];
  let held: number | null = null;
  let broken: number | null = null;
  let perSecond = fromPerSecond;
  while (perSecond <= PER_SECOND_MAX && perSecond * 60 >= 1) {
    const step = await play(perSecond);
    if (step === undefined) break;
    steps.push(step);
    if (step.held) held = perSecond;
    else broken = perSecond;
    if (held !== null && broken !== null && broken / held <= CLOSE_ENOUGH) break;
    if (broken === null) perSecond *= 2;
    else if (held === null) perSecond /= 2;
    else perSecond = Math.sqrt(held * broken);
  }
  return { steps, heldPerSecond: held, brokenPerSecond: broken };
};
