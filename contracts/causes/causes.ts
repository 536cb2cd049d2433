/** Every root cause that can be named. */
import { authenticityCauses } from './authenticity.js';
import type { Cause } from './cause.js';
import { deduplicationCauses } from './deduplication.js';
import { deliveryCauses } from './delivery.js';
import { httpCauses } from './http.js';
import { pollingCauses } from './polling.js';
import { tokenCauses } from './tokens.js';

/** In the order of preference: where two fit equally well, the one that comes first is named. */
export const causes: readonly Cause[] = [
  ...authenticityCauses,
  ...deduplicationCauses,
  ...deliveryCauses,
  ...pollingCauses,
  ...httpCauses,
  ...tokenCauses,
];
