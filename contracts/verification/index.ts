import type { ContractCase } from '../runner/case.js';
import { algNone } from './alg-none.js';
import { algorithms, keyHeaders } from './algorithms.js';
import { claims } from './claims.js';
import { controlBytes } from './control-bytes.js';
import { controlTimes } from './control-times.js';
import { controls } from './controls.js';
import { encoding } from './encoding.js';
import { joseHeaders } from './jose-headers.js';
import { keys } from './keys.js';
import { macIntegrity } from './mac.js';
import { representation } from './representation.js';
import { structure } from './structure.js';
import { tampering } from './tampering.js';

/** What a receiver must take and refuse, one token at a time. */
export const verificationCases: readonly ContractCase[] = [
  ...controls,
  ...controlBytes,
  ...controlTimes,
  ...algNone,
  ...algorithms,
  ...keys,
  ...macIntegrity,
  ...tampering,
  ...encoding,
  ...structure,
  ...representation,
  ...keyHeaders,
  ...joseHeaders,
  ...claims,
];
