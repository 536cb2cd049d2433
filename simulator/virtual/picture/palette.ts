/** Which colours outcomes are drawn in, and which of them share one. */
import type { Bucket } from './buckets.js';
import type { HookTimeline } from './model.js';
import { say } from '../../../language/say.js';

/** Colours by kind: blues for what went well, oranges for what failed (after Okabe and Ito). */
export const colors = {
  good0: { light: '#0072b2', dark: '#4aa3df' },
  good1: { light: '#56b4e9', dark: '#a6d8f5' },
  good2: { light: '#009e73', dark: '#2bc49a' },
  bad0: { light: '#d55e00', dark: '#ff8533' },
  bad1: { light: '#e8a317', dark: '#ffc861' },
  bad2: { light: '#cc79a7', dark: '#e59ac4' },
} as const;

export type ColorName = keyof typeof colors;

/** Outcomes that are drawn as one. */
export interface Group {
  readonly label: string;
  readonly color: ColorName;
  readonly failed: boolean;
  /** Places in the hook's outcomes. */
  readonly places: readonly number[];
}

const GOOD: readonly ColorName[] = ['good0', 'good1', 'good2'];
const BAD: readonly ColorName[] = ['bad0', 'bad1', 'bad2'];

/** At most three groups of what failed, which come first, and three of what did not. */
export const groupsOf = ({ outcomes }: Pick<HookTimeline, 'outcomes'>): readonly Group[] =>
  [true, false].flatMap((failed) => {
    const names = failed ? BAD : GOOD;
    const places = [...outcomes.keys()].filter((place) => outcomes[place]?.failed === failed);
    return names.flatMap((color, index): readonly Group[] => {
      const isLast = index === names.length - 1 && places.length > names.length;
      const own = isLast ? places.slice(index) : places.slice(index, index + 1);
      if (own.length === 0) return [];
      const label = isLast ? say`${own.length} others` : (outcomes[own[0] ?? 0]?.label ?? '');
      return [{ label, color, failed, places: own }];
    });
  });

/** Attempts of a bucket that a group stands for. */
export const countOf = ({ attempts }: Pick<Bucket, 'attempts'>, { places }: Group): number =>
  places.reduce((sum, place) => sum + (attempts[place] ?? 0), 0);
