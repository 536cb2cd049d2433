import type { ContractCase } from '../runner/case.js';
import { bypassCases } from './bypass.js';
import { connectionCases } from './connections.js';
import { contentTypeCases } from './content-types.js';
import { framingCases } from './framing.js';
import { loadCases } from './load.js';
import { transportReviews } from './reviews.js';

/** Whether the HTTP around a delivery holds. */
export const transportCases: readonly ContractCase[] = [
  ...contentTypeCases,
  ...bypassCases,
  ...framingCases,
  ...connectionCases,
  ...loadCases,
  ...transportReviews,
];
