import type { ContractCase } from '../runner/case.js';
import { algNone } from './alg-none.js';
import { algorithms } from './algorithms.js';
import { takenAsSent } from './as-sent.js';
import { claims } from './claims.js';
import { controlBytes } from './control-bytes.js';
import { controlTimes } from './control-times.js';
import { controls } from './controls.js';
import { encoding } from './encoding.js';
import { encryptedTokens } from './encrypted.js';
import { fetches } from './fetches.js';
import { joseHeaders } from './jose-headers.js';
import { keyHeaders } from './key-headers.js';
import { keys } from './keys.js';
import { macIntegrity } from './mac.js';
import { oddClaims } from './odd-claims.js';
import { oddEvents } from './odd-events.js';
import { pollution } from './pollution.js';
import { representation } from './representation.js';
import { signedContent } from './signed-content.js';
import { structure } from './structure.js';
import { tampering } from './tampering.js';

/** What a receiver must take and refuse, one token at a time. */
export const verificationCases: readonly ContractCase[] = [
  ...controls,
  ...controlBytes,
  ...controlTimes,
  ...takenAsSent,
  ...algNone,
  ...algorithms,
  ...keys,
  ...macIntegrity,
  ...tampering,
  ...encoding,
  ...structure,
  ...signedContent,
  ...representation,
  ...keyHeaders,
  ...fetches,
  ...joseHeaders,
  ...encryptedTokens,
  ...claims,
  ...oddClaims,
  ...oddEvents,
  ...pollution,
];
