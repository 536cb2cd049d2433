import type { ContractCase } from '../runner/case.js';
import { acknowledgementReviews } from './acknowledgement.js';
import { leakReviews } from './leaks.js';
import { reflectionCases } from './reflection.js';
import { refusalReviews } from './refusals.js';

/** Whether Truora can work with the answers, and a stranger cannot. */
export const responseCases: readonly ContractCase[] = [
  ...acknowledgementReviews,
  ...refusalReviews,
  ...leakReviews,
  ...reflectionCases,
];
