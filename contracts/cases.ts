import { idempotencyCases } from './idempotency/index.js';
import { reflectionCases } from './response/reflection.js';
import { reviews } from './response/reviews.js';
import type { ContractCase } from './runner/case.js';
import { framingCases } from './transport/framing.js';
import { requestCases } from './transport/requests.js';
import { transportReviews } from './transport/reviews.js';
import { verificationCases } from './verification/index.js';

/** The whole contract, in the order in which it is listed and reported. */
export const contractCases: readonly ContractCase[] = [
  ...verificationCases,
  ...idempotencyCases,
  ...reflectionCases,
  ...reviews,
  ...requestCases,
  ...framingCases,
  ...transportReviews,
];
