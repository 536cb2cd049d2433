import type { ContractCase } from '../runner/case.js';
import { batchCases } from './batches.js';
import { copyCases } from './copies.js';
import { failureCases } from './failures.js';
import { forgeryCases } from './forgeries.js';
import { identityCases } from './identity.js';
import { inFlightCases } from './in-flight.js';
import { largerCases } from './larger.js';
import { memoryCases } from './memory.js';
import { stormCases } from './storm.js';

/** What must hold when events come twice, together, late or after a forgery. */
export const idempotencyCases: readonly ContractCase[] = [
  ...copyCases,
  ...identityCases,
  ...batchCases,
  ...failureCases,
  ...inFlightCases,
  ...largerCases,
  ...stormCases,
  ...forgeryCases,
  ...memoryCases,
];
