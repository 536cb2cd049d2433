import type { ContractCase } from '../runner/case.js';
import { connectionCases } from './connections.js';
import { framingCases } from './framing.js';
import { loadCases } from './load.js';
import { requestCases } from './requests.js';
import { transportReviews } from './reviews.js';

/** Whether the HTTP around a delivery holds. */
export const transportCases: readonly ContractCase[] = [
  ...requestCases,
  ...framingCases,
  ...connectionCases,
  ...loadCases,
  ...transportReviews,
];
