/** Which deliveries of a run are looked for afterwards: all of a few, one in 2, 4, 8 … of many. */

export interface SampledDelivery {
  readonly number: number;
  /** Whether a 2xx said that it was taken. */
  readonly acknowledged: boolean;
  /** Whether it was answered at all. */
  readonly answered: boolean;
}

export interface Sample {
  readonly add: (number: number, answered: boolean, acknowledged: boolean) => void;
  readonly deliveries: () => readonly SampledDelivery[];
  /** One in so many. */
  readonly oneIn: () => number;
}

const ANSWERED = 1;
const ACKNOWLEDGED = 2;
const RANKS = 2 ** 32;

/** Spreads numbers that follow each other over all ranks, so that no rhythm is sampled. */
const rankOf = (number: number): number => Math.imul(number, 0x9e3779b1) >>> 0;

/** @param most how many are kept */
export const createSample = (most: number): Sample => {
  const numbers = new Float64Array(most);
  const marks = new Uint8Array(most);
  let kept = 0;
  let oneIn = 1;
  const isChosen = (number: number): boolean => rankOf(number) < RANKS / oneIn;
  const thin = (): void => {
    oneIn *= 2;
    let left = 0;
    for (let index = 0; index < kept; index++) {
      const number = numbers[index] as number;
      if (!isChosen(number)) continue;
      numbers[left] = number;
      marks[left] = marks[index] as number;
      left += 1;
    }
    kept = left;
  };
  return {
    add: (number, answered, acknowledged) => {
      if (!isChosen(number)) return;
      if (kept === most) {
        thin();
        if (kept === most || !isChosen(number)) return;
      }
      numbers[kept] = number;
      marks[kept] = (answered ? ANSWERED : 0) | (acknowledged ? ACKNOWLEDGED : 0);
      kept += 1;
    },
    deliveries: () =>
      Array.from(numbers.subarray(0, kept), (number, index) => {
        const mark = marks[index] as number;
        return {
          number,
          answered: (mark & ANSWERED) !== 0,
          acknowledged: (mark & ACKNOWLEDGED) !== 0,
        };
      }),
    oneIn: () => oneIn,
  };
};
