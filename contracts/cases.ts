import { hygiene } from './hygiene.js';
import { idempotencyCases } from './idempotency/index.js';
import { recoveryCases } from './recovery/index.js';
import { responseCases } from './response/index.js';
import type { ContractCase } from './runner/case.js';
import { transportCases } from './transport/index.js';
import { verificationCases } from './verification/index.js';

/** The whole contract, in the order in which it is listed and reported. */
export const contractCases: readonly ContractCase[] = [
  ...verificationCases,
  ...idempotencyCases,
  ...recoveryCases,
  ...responseCases,
  ...transportCases,
].map((one) => (hygiene.has(one.id) ? { ...one, hygiene: true } : one));
