import { casesOf } from '../runner/family.js';

/** A case of the suite `transport`, or of the one it names. */
export const transportCase = casesOf('transport');
